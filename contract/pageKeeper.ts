/** The page keeper (renderer/offlinePage/), beside index.html: it may keep only what lies below it. */
export const pageKeeperFile = 'pageKeeper.js'
