/** Catalogue of errors: an `aws connect create-user` command that was pasted into Slack. */
import type { ErrorEntry } from './entry.ts';

export const pastedErrors = {
  'paste.too-long': {
    sentence: 'The pasted command has more than {limit} characters.',
    todo: 'Paste the command for one user. For several, send a file: /connect-add-user file.',
  },
  'paste.open-quote': {
    sentence: 'The quotation mark after “{option}” is never closed.',
    todo: 'Paste the whole command again, from the first option to the last.',
  },
  'paste.other-command': {
    sentence: 'I only read the options of “aws connect create-user”, not of “{command}”.',
    todo: 'Paste a create-user command, or type /connect-add-user for the form.',
  },
  'paste.no-option': {
    sentence: '“{word}” belongs to no option.',
    todo: 'Put values that contain spaces in quotation marks, and “--” before each option.',
  },
  'paste.unknown-option': {
    sentence: '“{option}” is no option of “aws connect create-user”.',
    todo: 'Remove it or correct it, and paste the command again.',
  },
  'paste.misspelled-option': {
    sentence: '“{option}” is no option of “aws connect create-user”. Did you mean “{meant}”?',
    todo: 'Correct it and paste the command again.',
  },
  'paste.no-value': {
    sentence: '“{option}” has no value.',
    todo: 'Paste the command again with a value behind it, or without this option.',
  },
  'paste.two-values': {
    sentence: '“{option}” takes one value, and “{word}” is a second one.',
    todo: 'Put values that contain spaces in quotation marks.',
  },
  'paste.option-twice': {
    sentence: '“{option}” is in the command twice.',
    todo: 'Remove one of them and paste the command again.',
  },
  'paste.bad-json': {
    sentence: 'The JSON behind “{option}” can’t be read.',
    todo: 'Check its quotation marks and brackets, and paste the command again. In a shell, JSON is put in single quotation marks.',
  },
  'paste.bad-shorthand': {
    sentence: 'The value of “{option}” breaks off: {expected} is expected before “{near}”.',
    todo: 'The form is Name=Value,Name=Value. Correct it and paste the command again.',
  },
  'paste.file': {
    sentence: '“{option}” names a file on your computer, which I can’t read.',
    todo: 'Paste what the file contains in place of its name, or send me the file: /connect-add-user file.',
  },
  'paste.yaml': {
    sentence: 'I don’t read “--cli-input-yaml” in a command.',
    todo: 'Paste the input as --cli-input-json, or send it as a file: /connect-add-user file.',
  },
  'paste.auto-accept': {
    sentence: 'Calls are accepted automatically on a soft phone only, so “AutoAccept” is left out.',
    todo: '',
  },
  'paste.no-instance': {
    sentence: '“{instance}” is no instance that you can request users for.',
    todo: 'Remove --instance-id to use the form’s own choice of instance, or ask the operator about the right one.',
  },
} as const satisfies Record<string, ErrorEntry>;
