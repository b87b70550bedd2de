/**
 * Every error a person can meet, by its code: one file per area, put together here. docs/errors.md is this
 * catalogue as a page; test/errors.test.ts keeps the two equal.
 */
import { accessErrors } from './access.ts';
import { creatingErrors } from './creating.ts';
import { databaseErrors } from './database.ts';
import { fieldErrors } from './fields.ts';
import { fileErrors } from './file.ts';
import { formErrors } from './form.ts';
import { generalErrors } from './general.ts';
import { linkErrors } from './links.ts';
import { nameAndTagErrors } from './names-and-tags.ts';
import { pastedErrors } from './pasted.ts';
import { rowErrors } from './rows.ts';

export const errors = {
  ...generalErrors,
  ...accessErrors,
  ...linkErrors,
  ...formErrors,
  ...creatingErrors,
  ...databaseErrors,
  ...fileErrors,
  ...rowErrors,
  ...fieldErrors,
  ...nameAndTagErrors,
  ...pastedErrors,
};
