// Rows as a file that spreadsheets open with a double click: UTF-8 with its mark, else they read Chinese as something else.
import papa from 'papaparse'

export type CsvRows = readonly (readonly string[])[]

/** Stands before the first line. */
export const csvMark = '\uFEFF'

/** [EXPORT-3] What a spreadsheet would take for a formula, also as an input method writes it; of one line or several. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/

export const csvLines = (rows: CsvRows): string =>
  rows.length === 0 ? '' : `${papa.unparse(rows, { newline: '\r\n', escapeFormulae: formula })}\r\n`
