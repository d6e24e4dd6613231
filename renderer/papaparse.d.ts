// What is used here of Papa Parse, which brings no types: rows to the text of a file, and back.
declare module 'papaparse' {
  type Options = {
    readonly newline: string
    /** Cells that match get an apostrophe in front. */
    readonly escapeFormulae: RegExp
  }
  const papa: {
    unparse(rows: readonly (readonly string[])[], options: Options): string
    parse(text: string, options: { readonly skipEmptyLines: boolean }): { readonly data: string[][] }
  }
  export default papa
}
