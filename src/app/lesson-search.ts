/** Where the lesson begins, and where it goes on after the sign-in. On its own: the start page needs no more of it. */
export const lessonSearch = '?lesson=1'
