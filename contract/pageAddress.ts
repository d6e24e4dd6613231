// Which addresses of the centre are the page itself, and what stands beside it. What is open on the page stands behind the
// # (renderer/app/route.ts).

/** `path` without query, e.g. "/": everything that is neither an interface nor a file. */
export const isPageAddress = (path: string): boolean => !/^\/(api|feed|health)\b|\.\w+$/.test(path)

/** The page keeper (renderer/offlinePage/), beside index.html: it may keep only what lies below it. */
export const pageKeeperFile = 'pageKeeper.js'
