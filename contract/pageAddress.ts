// Which addresses of the centre are the page itself. What is open on it stands behind the # (renderer/app/route.ts).

/** `path` without query, e.g. "/": everything that is neither an interface nor a file. */
export const isPageAddress = (path: string): boolean => !/^\/(api|feed|health)\b|\.\w+$/.test(path)
