/** The tabs of the inspector, in the order of their keys 1 to 4. */
export const inspectorTabs = ['explain', 'http', 'checks', 'code'] as const
export type InspectorTab = (typeof inspectorTabs)[number]
