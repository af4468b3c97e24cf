/** Files of losses whose classes have no builder yet. A file leaves this list when it is judged. */
export const notYetJudged: readonly string[] = [];
