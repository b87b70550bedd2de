/** Catalogue of errors: the form of people's names and of tags. */
import type { ErrorEntry } from './entry.ts';

export const nameAndTagErrors = {
  'tags.required': {
    sentence: 'Every user in {instance} needs {keys}.',
    todo: 'Add them to the tags, such as {example}=….',
  },
  'name.letters-lost': {
    sentence: 'In “{value}” a program has written ? for letters that it could not save.',
    todo: 'Type the name again, and save the file as “CSV UTF-8”.',
  },
  'name.encoded-twice': {
    sentence: '“{value}” was saved in one encoding and read in another before it came here.',
    todo: 'Save the file again as “CSV UTF-8” from where the name is still right.',
  },
  'name.garbage': {
    sentence:
      '“{value}” has signs in it that is in no name: the file was read in a wrong encoding.',
    todo: 'Save the file again as “CSV UTF-8” from where the name is still right.',
  },
  'name.quoted': {
    sentence: '“{value}” has quotation marks around it, which would become part of the name.',
    todo: 'Write the name without them.',
  },
  'name.unusual': {
    sentence: '“{value}” is unusual for a name.',
    todo: 'If a part of it is a note or garbled, correct it.',
  },
  'name.markup': {
    sentence: '“{value}” has marks of a web page or of a chat in it.',
    todo: 'Write the name without them.',
  },
  'name.address': {
    sentence: '“{value}” is an address and no name.',
    todo: 'Write the name itself.',
  },
  'name.note': {
    sentence: '“{note}” is a note and would become part of the name.',
    todo: 'Write the name alone.',
  },
  'name.comma': {
    sentence: '“{value}” seems to be a last name and a first name in one cell.',
    todo: 'Write only one of them here.',
  },
  'name.entity': {
    sentence: '“{value}” was copied out of a web page, with codes in place of letters.',
    todo: 'Write the letters themselves.',
  },
  'name.escaped': {
    sentence: '“{value}” has codes in place of letters.',
    todo: 'Write the letters themselves.',
  },
  'name.no-letter': {
    sentence: '“{value}” has no letter in it, so it is no name.',
    todo: 'Write the name itself.',
  },
  'tags.two-readings': {
    sentence: 'These tags can be read in two ways: “{value}” as one tag, or as several.',
    todo: 'Separate tags with |, or write a JSON object.',
  },
  'tags.one-or-two': {
    sentence: 'This can be the one tag {one}, or two tags without a value.',
    todo: 'Write key=value, several separated by |.',
  },
  'tags.form': {
    sentence: 'I can’t read “{value}” as a tag.',
    todo: 'Write key=value. Separate several tags by | or put each on its own line, or use a JSON object.',
  },
  'tags.json': {
    sentence: 'I can’t read these tags as JSON.',
    todo: 'Write one flat JSON object with quoted values, or key=value|key=value.',
  },
  'tags.no-key': {
    sentence: 'The tag value “{value}” has no key in front of it.',
    todo: '',
  },
  'tags.key-letters': {
    sentence: 'The tag key “{key}” can only contain letters, digits, spaces and _ . : / = + - @.',
    todo: '',
  },
  'tags.key-too-long': {
    sentence: 'The tag key “{key}” has {count} characters (maximum 128).',
    todo: '',
  },
  'tags.value-too-long': {
    sentence: 'The value of the tag “{key}” has {count} characters (maximum 256).',
    todo: '',
  },
  'tags.value-unprintable': {
    sentence: 'The value of the tag “{key}” contains a character that can’t be displayed.',
    todo: 'Type it again by hand.',
  },
  'tags.value-nothing': {
    sentence: 'The tag “{key}” has the value “{value}”, which programs write for no value.',
    todo: 'If it is none, take the tag out.',
  },
  'tags.reserved': {
    sentence: 'Tag keys that start with aws: are reserved for AWS (“{key}”).',
    todo: '',
  },
  'tags.twice': {
    sentence: 'The tag key “{key}” appears twice.',
    todo: '',
  },
  'tags.too-many': {
    sentence: 'A user can have at most {limit} tags (this has {count}).',
    todo: '',
  },
} as const satisfies Record<string, ErrorEntry>;
