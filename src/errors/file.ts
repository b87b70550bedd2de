/** Catalogue of errors: a file of users: as a whole, row by row, and handing it in. */
import type { ErrorEntry } from './entry.ts';

export const fileErrors = {
  // A file of users, as a whole
  'file.empty': {
    sentence: 'This file is empty.',
    todo: 'Save it again with the users in it, or get one to fill in with /connect-add-user template.',
  },
  'file.no-rows': {
    sentence: 'This file has a header, but no user below it.',
    todo: 'Write one user a row and send it again.',
  },
  'file.too-big': {
    sentence: 'This file is bigger than {limit} MB.',
    todo: 'Split it into several files.',
  },
  'file.too-many-rows': {
    sentence: 'This file has more than {limit} users.',
    todo: 'Split it into several files.',
  },
  'file.too-many-columns': {
    sentence: 'This file has more than {limit} columns.',
    todo: 'Keep the columns of the template: /connect-add-user template.',
  },
  'file.cell-too-big': {
    sentence: 'The cell in row {row} under “{column}” has more than {limit} characters.',
    todo: 'Shorten it and send the file again.',
  },
  'file.too-much-text': {
    sentence:
      'The cells of this file hold more than {limit} million characters all together; a list of 10,000 users has about 2 million.',
    todo: 'Take out what is not about the users, or split it into several files.',
  },
  'file.other-kind': {
    sentence: '“{name}” is {what}.',
    todo: 'Send a .csv, .xlsx or .json file.',
  },
  'file.web-page': {
    sentence: 'This is a web page, not a table: often a login page that was saved in its place.',
    todo: 'Open the file once to see what is in it, and send the table itself.',
  },
  'file.binary': {
    sentence: 'I cannot read this file: it holds no text.',
    todo: 'Send a .csv, .xlsx or .json file.',
  },
  'file.nul': {
    sentence: 'Row {row} has bytes in it that are no text (NUL), so the file is damaged.',
    todo: 'Save it again from your spreadsheet.',
  },
  'file.quote-open': {
    sentence: 'The quotation mark that opens a cell in row {row} is never closed.',
    todo: 'Close it or take it out, or save the file again from your spreadsheet.',
  },
  'file.columns-missing': {
    sentence: 'The header does not have {columns}.',
    todo: 'Put the names of the columns into the first row, as in /connect-add-user template.',
  },
  'file.columns-missing-guess': {
    sentence: 'The header does not have {columns}. Is “{header}” meant to be “{guess}”?',
    todo: 'Rename it and send the file again.',
  },
  'file.columns-double': {
    sentence: 'The columns “{one}” and “{other}” mean the same.',
    todo: 'Keep one of them. Several security profiles go into one cell, separated by |.',
  },
  'file.passwords-not-kept': {
    sentence: 'This file holds passwords, and this bot has no key to keep them safe with.',
    todo: 'Empty the password column and I generate them, or ask the operator to set SECRETS_KEY.',
  },
  'file.encrypted': {
    sentence: 'This workbook is protected with a password, so I cannot read it.',
    todo: 'Save a copy without the password and send that.',
  },
  'file.not-a-workbook': {
    sentence: 'This is a compressed folder (zip), but not an Excel workbook (.xlsx).',
    todo: 'Send the table itself, as .csv, .xlsx or .json.',
  },
  'file.workbook-broken': {
    sentence: 'This workbook is damaged, so I cannot read it.',
    todo: 'Open it, save it again, and send that; or save it as “CSV UTF-8”.',
  },
  'file.unpacks-too-big': {
    sentence: 'This workbook unpacks to more than {limit} MB, far more than its users need.',
    todo: 'Copy the table into a new workbook and send that.',
  },
  'file.json-syntax': {
    sentence: 'Line {line} is not valid JSON.',
    todo: 'Mend what stands there: often a comma or a quotation mark is missing or too many.',
  },
  'file.json-deep': {
    sentence: 'Line {line} is nested deeper than any user is.',
    todo: 'Write each user as “aws connect create-user --generate-cli-skeleton” prints it.',
  },
  'file.json-shape': {
    sentence: 'Entry {row} is not a user, but {what}.',
    todo: 'Write each user as “aws connect create-user --generate-cli-skeleton” prints it.',
  },

  // A file of users, row by row
  'row.cells-few': {
    sentence: 'This row has {count} cells where the header has {expected}.',
    todo: 'Fill it up with empty cells, and see that each value stands in its own column.',
  },
  'row.cells-many': {
    sentence: 'This row has {count} cells where the header has {expected}.',
    todo: 'Put a cell with a comma or semicolon in it between quotation marks.',
  },
  'row.username-twice': {
    sentence: 'The username “{username}” is in this file more than once: rows {rows}.',
    todo: 'Keep one of them, or give each their own.',
  },
  'row.two-hierarchies': {
    sentence: '“{one}” and “{other}” name two different groups for one user.',
    todo: 'Fill in only one of them.',
  },
  'row.not-a-text': {
    sentence: '“{name}” is {what} where one value is wanted.',
    todo: '',
  },
  'row.formula-without-value': {
    sentence: 'This formula was saved without its value.',
    todo: 'Open the workbook in Excel and save it again, or write the value itself.',
  },
  'cell.looks-like-password': {
    sentence: 'This looks like a password, so I neither keep nor show it.',
    todo: 'Put it under “password”, or leave that empty and I make one; write here what belongs here.',
  },
  'column.unknown': {
    sentence: 'I do not know the column “{column}”, so I leave it out.',
    todo: '',
  },

  // Files
  'file.gone': {
    sentence: '{name} is not in Slack any more.',
    todo: 'Post it again.',
  },
  'file.not-given': {
    sentence: 'Slack did not give me {name}.',
    todo: 'Post it where I am a member, or send it to me in a direct message.',
  },
  'file.cannot-fetch': {
    sentence: 'Slack does not hand me {name} just now. Nothing is lost.',
    todo: 'I try again every minute and tell you here.',
  },
  'file.no-good-row': {
    sentence: 'No row of {name} can be asked for.',
    todo: 'Mend what is named here and post the file again.',
  },
  'file.nothing-new': {
    sentence: 'Every row of {name} is created already.',
    todo: '',
  },
  'file.none-attached': {
    sentence: 'There is no file on this message.',
    todo: 'Choose a message that has a .csv, .xlsx or .json file.',
  },
  'offer.not-yours': {
    sentence: 'Only {requester}, who sent the file, can ask for these users.',
    todo: 'Post the file yourself to ask for them.',
  },
} as const satisfies Record<string, ErrorEntry>;
