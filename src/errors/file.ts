/** Catalogue of errors: a file of users: as a whole, row by row, and handing it in. */
import type { ErrorEntry } from './entry.ts';

export const fileErrors = {
  // A file of users, as a whole
  'file.not-saved': {
    sentence: 'I couldn’t save this file, so I haven’t started checking it.',
    todo: 'You don’t need to do anything: I’ll take it when I can. If you hear nothing within ten minutes, post it again.',
  },
  'file.empty': {
    sentence: 'This file is empty.',
    todo: 'Add the users and save it again, or get a template with /connect-add-user template.',
  },
  'file.no-rows': {
    sentence: 'This file has a header row but no users below it.',
    todo: 'Add one user per row and send it again.',
  },
  'file.too-big': {
    sentence: 'This file is larger than {limit} MB.',
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
  'file.needs-memory': {
    sentence: 'Reading this file takes more memory than any list of users does.',
    todo: 'Copy the cells with the users into a new file and send that.',
  },
  'file.takes-long': {
    sentence: 'Reading this file takes longer than any list of users does.',
    todo: 'Copy the cells with the users into a new file and send that.',
  },
  'file.too-much-text': {
    sentence:
      'The cells of this file hold more than {limit} million characters in total. A list of 10,000 users has about 2 million.',
    todo: 'Remove what is not about the users, or split it into several files.',
  },
  'file.other-kind': {
    sentence: '“{name}” is {what}.',
    todo: 'Send a .csv, .xlsx or .json file.',
  },
  'file.web-page': {
    sentence:
      'This is a web page, not a table. Often a sign-in page was saved instead of the file.',
    todo: 'Open the file to see what is in it, and send the table itself.',
  },
  'file.binary': {
    sentence: 'I can’t read this file because it isn’t text.',
    todo: 'Send a .csv, .xlsx or .json file.',
  },
  'file.nul': {
    sentence: 'Row {row} contains bytes that are not text (NUL), so the file is damaged.',
    todo: 'Save it again from your spreadsheet.',
  },
  'file.quote-open': {
    sentence: 'The quotation mark that opens a cell in row {row} is never closed.',
    todo: 'Close it or remove it, or save the file again from your spreadsheet.',
  },
  'file.columns-missing': {
    sentence: 'The header row doesn’t have {columns}.',
    todo: 'Put the column names in the first row, as in /connect-add-user template.',
  },
  'file.columns-missing-guess': {
    sentence: 'The header row doesn’t have {columns}. Is “{header}” meant to be “{guess}”?',
    todo: 'Rename it and send the file again.',
  },
  'file.columns-double': {
    sentence: 'The columns “{one}” and “{other}” mean the same.',
    todo: 'Keep one of them.',
  },
  'file.passwords-not-kept': {
    sentence: 'This file contains passwords, but this bot has no key to encrypt them with.',
    todo: 'Empty the password column and I’ll generate passwords, or ask the operator to set SECRETS_KEY.',
  },
  'file.encrypted': {
    sentence: 'This workbook is protected with a password, so I can’t read it.',
    todo: 'Save a copy without the password and send that.',
  },
  'file.not-a-workbook': {
    sentence: 'This is a compressed folder (zip), but not an Excel workbook (.xlsx).',
    todo: 'Send the table itself, as .csv, .xlsx or .json.',
  },
  'file.workbook-broken': {
    sentence: 'This workbook is damaged, so I can’t read it.',
    todo: 'Open it, save it again, and send that copy. Or save it as “CSV UTF-8”.',
  },
  'file.unpacks-too-big': {
    sentence: 'This workbook unpacks to more than {limit} MB, far more than a list of users needs.',
    todo: 'Copy the table into a new workbook and send that.',
  },
  'file.json-syntax': {
    sentence: 'Line {line} is not valid JSON.',
    todo: 'Correct it. Often a comma or a quotation mark is missing or extra.',
  },
  'file.question-over': {
    sentence: 'This file was read already, or its question is over.',
    todo: 'Send the file again if it was read in a wrong way.',
  },
  'file.yaml-syntax': {
    sentence: 'Line {line} is not valid YAML.',
    todo: 'Correct it. Often an indentation, a colon or a quotation mark is missing or extra.',
  },
  'file.yaml-too-long': {
    sentence: 'This YAML file has more than {limit} million characters.',
    todo: 'Send it in parts, or as JSON.',
  },
  'file.terraform': {
    sentence: 'This is Terraform’s own language, whose values only Terraform knows.',
    todo: 'Send what “terraform show -json” prints instead.',
  },
  'file.aws-table': {
    sentence: 'This is what the AWS command line prints as a table or as text.',
    todo: 'Run the command with “--output json” and send what it prints.',
  },
  'file.transposed': {
    sentence: 'The names of the columns are one below the other in this file.',
    todo: 'Put them side by side into the first row, and one user into each row below.',
  },
  'file.json-deep': {
    sentence: 'Line {line} is nested more deeply than a user can be.',
    todo: 'Write each user as “aws connect create-user --generate-cli-skeleton” prints it.',
  },
  'file.only-usernames': {
    sentence: 'This is what “aws connect list-users” prints: usernames without names and profiles.',
    todo: 'Send what “aws connect search-users” or “aws connect describe-user” prints.',
  },
  'file.members-missing': {
    sentence: 'The entries of this file don’t have {columns}.',
    todo: 'Write each user as “aws connect create-user --generate-cli-skeleton” prints it.',
  },
  'file.json-shape': {
    sentence: 'Entry {row} is not a user, but {what}.',
    todo: 'Write each user as “aws connect create-user --generate-cli-skeleton” prints it.',
  },

  'file.which-encoding': {
    sentence: 'This file does not say in which encoding its letters are. {encodings}.',
    todo: 'Save the file as “CSV UTF-8” from the program in which its names look right, and send it again.',
  },
  'file.unknown-encoding': {
    sentence: 'The letters of this file are in an encoding that I do not know.',
    todo: 'Save the file as “CSV UTF-8” from the program in which its names look right, and send it again.',
  },
  'file.not-that-encoding': {
    sentence: 'This file is not in the encoding {encoding}.',
    todo: 'Save the file as “CSV UTF-8” and send it again.',
  },
  'file.which-sheet': {
    sentence: 'Several sheets of this workbook hold users: {sheets}.',
    todo: 'Send a workbook in which only the sheets that are meant are shown.',
  },
  'file.no-such-sheet': {
    sentence: 'This workbook shows no sheet “{sheet}”.',
    todo: 'Choose one of its sheets.',
  },
  'file.sheets-hidden': {
    sentence: 'Every sheet of this workbook is hidden, and hidden sheets are not read.',
    todo: 'Show the sheet that is meant, save the workbook, and send it again.',
  },
  'file.columns-missing-full-name': {
    sentence: 'The header does not have {columns}. “{header}” holds both names in one column.',
    todo: 'Split it into “first name” and “last name”, add what is missing, and send the file again.',
  },
  'template.not-allowed': {
    sentence:
      'A template filled in with users of {instance} is for those who hold Users – View there.',
    todo: 'Take an empty one: /connect-add-user template.',
  },
  'template.nobody': {
    sentence: 'Nobody in {instance} has “{words}” in their name, profiles or group.',
    todo: 'Try fewer words: /connect-add-user template like agent.',
  },
  'file.columns-missing-login': {
    sentence:
      'The header does not have {columns}. If people sign in with “{header}”, use it as the username.',
    todo: 'Add the columns and send the file again; /connect-add-user template has all of them.',
  },
  'file.columns-missing-hidden': {
    sentence:
      'The header does not have {columns}: “{header}” is hidden, and hidden columns are not read.',
    todo: 'Show the column in the spreadsheet, save the file, and send it again.',
  },
  'file.nobody-in-it': {
    sentence:
      'Nobody is in {name} but the example, or rows that hold only what a template fills in.',
    todo: 'Write one user a row and post it again.',
  },

  // Files
  'file.gone': {
    sentence: '{name} is no longer in Slack.',
    todo: 'Post it again.',
  },
  'file.not-given': {
    sentence: 'Slack didn’t give me access to {name}.',
    todo: 'Post it in a channel that I’m in, or send it to me in a direct message.',
  },
  'file.not-a-member': {
    sentence: 'I’m not in this conversation, so Slack doesn’t let me see {name}.',
    todo: 'Invite me with /invite and choose “Add users from file” again, or send me the file in a direct message.',
  },
  'file.cannot-fetch': {
    sentence: 'Slack isn’t providing {name} right now. Nothing is lost.',
    todo: 'I’ll try again every minute and post the result here.',
  },
  'file.no-good-row': {
    sentence: '{name} has no valid rows.',
    todo: 'Correct what is listed here and post the file again.',
  },
  'file.nothing-new': {
    sentence: 'All users in {name} were already created.',
    todo: '',
  },
  'file.which-instance': {
    sentence: 'Your message names several instances: {instances}. I have not read the file.',
    todo: 'Reply in the thread of the file: mention me and write only the one that it is for.',
  },
  'file.none-attached': {
    sentence: 'This message has no file.',
    todo: 'Choose a message that has a .csv, .xlsx or .json file.',
  },
  'offer.nothing-valid': {
    sentence: 'No row of this file is valid yet, so there is nobody to request.',
    todo: 'Correct its rows first.',
  },
  'repair.not-yours': {
    sentence: 'Only {requester}, who sent the file, can correct it.',
    todo: 'Post the file yourself to request its users.',
  },
  'repair.changed': {
    sentence: 'This file was checked again since you opened this.',
    todo: 'Close this and start again from the file’s newest answer.',
  },
  'aliases.not-admin': {
    sentence: 'Your file is being checked, but I don’t remember the names for {instance}.',
    todo: 'Only somebody with Users – Create there can have names remembered.',
  },
  'mapping.used': {
    sentence: 'I read the columns as you told me for this header: {list}.',
    todo: '',
  },
  'mapping.over': {
    sentence: 'This file is not waiting for its columns.',
    todo: 'Post it again to have it read.',
  },
  'mapping.column-missing': {
    sentence: 'Every user needs {what}.',
    todo: 'Choose the column that has it.',
  },
  'mapping.value-missing': {
    sentence: 'Every user needs {what}.',
    todo: 'Choose the column that has it, or one for all rows.',
  },
  'mapping.two-ways': {
    sentence: 'You chose a column and one for all rows.',
    todo: 'Clear one of them.',
  },
  'repair.rows-saved': {
    sentence: 'There is no wrong row left to correct here.',
    todo: 'Have the file checked again, or look at its newest answer.',
  },
  'offer.unchecked': {
    sentence: 'You corrected rows of this file that were not checked yet.',
    todo: 'Press the button that checks them, then request the users.',
  },
  'repair.no-names': {
    sentence: 'All names in this file are known by now.',
    todo: 'Look at its newest answer.',
  },
  'repair.nothing-chosen': {
    sentence: 'Nothing is chosen yet.',
    todo: 'Choose what at least one of the names stands for.',
  },
  'repair.no-suggestions': {
    sentence: 'No suggestion is left for this file.',
    todo: 'Look at its newest answer.',
  },
  'offer.not-yours': {
    sentence: 'Only {requester}, who sent the file, can request these users.',
    todo: 'Post the file yourself to request them.',
  },
} as const satisfies Record<string, ErrorEntry>;
