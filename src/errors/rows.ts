/** Catalogue of errors: the rows, cells and columns of a file, in addition to the rules of a user's fields. */
import type { ErrorEntry } from './entry.ts';

export const rowErrors = {
  'row.cells-few': {
    sentence: 'This row has {count} cells, but the header has {expected}.',
    todo: 'Add the missing cells, and check that each value is in its own column.',
  },
  'row.cells-many': {
    sentence: 'This row has {count} cells, but the header has {expected}.',
    todo: 'Put quotation marks around a cell that contains a comma or semicolon.',
  },
  'row.cells-one': {
    sentence: 'There is nothing but “{text}” in this row.',
    todo: 'If it is a title or a note, delete the row; otherwise fill in the rest.',
  },
  'row.below-title': {
    sentence: 'This row stands below “{title}”.',
    todo: 'Delete it. If the person is to be created, move the row up to the others, or delete that title.',
  },
  'row.struck-out': {
    sentence: 'This row is struck out in the spreadsheet.',
    todo: 'Delete it. If the person is to be created, take the line through it away.',
  },
  'cell.struck-out': {
    sentence: '“{value}” is struck out in the spreadsheet.',
    todo: 'Write the value that counts, and take the line through it away.',
  },
  'row.username-twice': {
    sentence: 'The username “{username}” appears more than once in this file: rows {rows}.',
    todo: 'Keep one of these rows, or give each row its own username.',
  },
  'row.two-hierarchies': {
    sentence: '“{one}” and “{other}” name two different groups for one user.',
    todo: 'Fill in only one of them.',
  },
  'row.not-a-text': {
    sentence: '“{name}” is {what}, but a single value is required.',
    todo: '',
  },
  'row.formula-without-value': {
    sentence: 'This formula was saved without its value.',
    todo: 'Open the workbook in Excel and save it again, or type the value itself.',
  },
  'cell.looks-like-password': {
    sentence: 'This looks like a password, so I neither keep nor show it.',
    todo: 'Put it under “password”, or leave that empty and I make one; write here what belongs here.',
  },
  'cell.password-removed': {
    sentence: 'Something that looked like a password was removed here.',
    todo: 'Write what belongs here, or empty the cell.',
  },
  'row.unknown-instance': {
    sentence: 'This row is for the instance “{instance}”, and this request is for {here}.',
    todo: 'Take the instance out of the file, or put the right one in, if the user belongs to {here}.',
  },
  'row.other-instance': {
    sentence: 'This row is for {instance}, and this request is for {here}.',
    todo: 'Send the file again and write “for {instance}” beside it.',
  },
  'row.not-wanted': {
    sentence: 'The column “{column}” says “{value}” of this person.',
    todo: 'Delete this row. If the person is to be created, empty that cell and send the file again.',
  },
  'row.example': {
    sentence: 'This is the example of the template, so I leave it out.',
    todo: '',
  },
  'row.defaults-only': {
    sentence:
      'Nobody is in this row: it holds only what is filled down the column, so I leave it out.',
    todo: '',
  },
  'cell.yes-or-no': {
    sentence: '“{value}” is what a spreadsheet writes for a yes or a no.',
    todo: 'Write the value itself. If somebody is called that, write it in small letters.',
  },
  'cell.placeholder': {
    sentence: '“{value}” is a placeholder and not the value itself.',
    todo: 'Write the value itself.',
  },
  'cell.digits-lost': {
    sentence:
      'This number has more digits than the 15 that a spreadsheet keeps, so the last ones are lost.',
    todo: 'Format the column as text, and type it again.',
  },
  'cell.error': {
    sentence: 'This cell holds the spreadsheet’s error {error}.',
    todo: 'Write the value itself, or correct the formula and save the file again.',
  },
  'cell.error-formula': {
    sentence: 'This cell holds the error {error} of the formula {formula}.',
    todo: 'Write the value itself, or correct the formula and save the file again.',
  },
  'cell.formula-text': {
    sentence: 'This cell holds the text of a formula, {formula}, and not its value.',
    todo: 'Write the value itself.',
  },
  'cell.formula-zero': {
    sentence: 'The formula {formula} was saved without its value: what is stored is a 0.',
    todo: 'Open the workbook in Excel and save it again, or write the value itself.',
  },
  'cell.nothing': {
    sentence: '“{value}” is what programs write for an empty cell.',
    todo: 'Write the value itself.',
  },
  'cell.zero': {
    sentence: '“0” is what a look-up writes where it found nothing.',
    todo: 'Write the value itself.',
  },
  'cell.date': {
    sentence: '“{value}” is a date, probably made by the spreadsheet out of something else.',
    todo: 'Make the column text in the spreadsheet and type the value again.',
  },
  'cell.stored-as-date': {
    sentence: 'The spreadsheet keeps this cell as a date (“{value}”), whatever was typed into it.',
    todo: 'Make the column text in the spreadsheet and type the value again.',
  },
  'cell.scientific': {
    sentence: 'The spreadsheet has rounded this number to “{value}”.',
    todo: 'Make the column text in the spreadsheet and type the value again.',
  },
  'left-out.sheet': {
    sentence: 'I did not read the sheet “{sheet}”.',
    todo: '',
  },
  'left-out.sheet-hidden': {
    sentence: 'The sheet “{sheet}” is hidden, so I did not read it.',
    todo: '',
  },
  'left-out.rows-hidden': {
    sentence: 'Hidden in the spreadsheet, by a filter or by hand, so I leave them out.',
    todo: 'To request them too, show them and send the file again.',
  },
  'left-out.title': {
    sentence: '“{text}” is above the header, so I leave it out.',
    todo: '',
  },
  'left-out.type-line': {
    sentence: '“{text}” is the type that PowerShell writes above a table, so I leave it out.',
    todo: '',
  },
  'left-out.skeleton': {
    sentence:
      '“{member}” is as “--generate-cli-skeleton” prints it, so I take it as not filled in.',
    todo: 'If you mean it, delete the members that you do not use and send the file again.',
  },
  'left-out.more-pages': {
    sentence: 'This is one page of several: the output has a NextToken.',
    todo: 'Send the other pages too if you mean everybody.',
  },
  'left-out.comment': {
    sentence: '“{text}” is a comment, so I leave it out.',
    todo: '',
  },
  'left-out.total': {
    sentence: '“{text}” is a total and no user, so I leave it out.',
    todo: '',
  },
  'left-out.note': {
    sentence: '“{text}” is a note and no user, so I leave it out.',
    todo: '',
  },
  'merged.filled': {
    sentence: '“{text}” is in a merged cell, so I take it for each row that the cell covers.',
    todo: '',
  },
  'left-out.rule': {
    sentence: 'This is a line between rows and no user, so I leave it out.',
    todo: '',
  },
  'left-out.header-again': {
    sentence: 'This is the header once more, so I leave it out.',
    todo: '',
  },
  'column.hidden': {
    sentence: 'The column “{column}” is hidden in the spreadsheet, so I leave it out.',
    todo: '',
  },
  'column.second': {
    sentence: 'The column “{column}” means the same as “{used}”, which I read; I leave it out.',
    todo: '',
  },
  'column.unknown': {
    sentence: 'The column “{column}” is unknown and is left out.',
    todo: '',
  },
} as const satisfies Record<string, ErrorEntry>;
