export const nodeFlags: readonly string[]
/** For a past that is lived: it ends soon. */
export declare const historyFlags: readonly string[]
