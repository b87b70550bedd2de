/** The fields for the access of a new user: routing profile, security profiles, hierarchy group. */
import type { KnownBlock } from '@slack/types';
import { plain } from '../blocks.ts';
import { type FormState, fields } from './form-field-ids.ts';
import type { Initial } from './initial-values.ts';

export function profileBlocks(state: FormState, initial: Initial): KnownBlock[] {
  const here = (field: string) => `${field}@${state.instance}${state.blank ? '/empty' : ''}`;
  return [
    {
      type: 'input',
      block_id: here(fields.routingProfile),
      label: plain('Routing profile'),
      element: {
        type: 'external_select',
        action_id: fields.routingProfile,
        min_query_length: 0,
        placeholder: plain('Type to search'),
        ...(initial.routingProfile ? { initial_option: initial.routingProfile } : {}),
      },
    },
    {
      type: 'input',
      block_id: here(fields.securityProfiles),
      label: plain('Security profiles'),
      hint: plain('What they may do; up to 10'),
      element: {
        type: 'multi_external_select',
        action_id: fields.securityProfiles,
        min_query_length: 0,
        max_selected_items: 10,
        placeholder: plain('Type to search'),
        ...(initial.securityProfiles.length > 0
          ? { initial_options: [...initial.securityProfiles] }
          : {}),
      },
    },
    {
      type: 'input',
      block_id: here(fields.hierarchyGroup),
      optional: true,
      label: plain('Hierarchy group'),
      element: {
        type: 'external_select',
        action_id: fields.hierarchyGroup,
        min_query_length: 0,
        placeholder: plain('Type to search'),
        ...(initial.hierarchyGroup ? { initial_option: initial.hierarchyGroup } : {}),
      },
    },
  ];
}
