/** What is posted beside the card because of the policy: reminders, what was out of the ordinary, the evidence. */
import { evidenceJson, evidenceName, evidencePage } from '../../evidence/evidence.ts';
import { readEvidence } from '../../evidence/read-evidence.ts';
import { approvalNotices } from '../../messages/notices/approval-notices.ts';
import { changeNotices } from '../../messages/notices/changed.ts';
import { leftOutNotices } from '../../messages/notices/left-out.ts';
import { type Post, post } from '../../messages/post.ts';
import type { HeadViewModel } from '../../messages/request-view-model.ts';
import { lines } from '../../messages/rich-text.ts';
import type { Services } from '../../services.ts';
import type { RequestRecord } from '../../storage/schema.ts';
import { readLeftOut } from '../store/endings-store.ts';

export async function coursePosts(
  services: Services,
  request: RequestRecord,
  view: HeadViewModel,
): Promise<Post[]> {
  const limits = services.instanceClients.get(request.instance)?.config.limits;
  const notices = approvalNotices(view, {
    reminded: request.reminded,
    isEscalated: request.escalated_at !== null,
    liftedLimit: request.limit_lifted,
    tellOfLimit: limits?.tell ?? [],
  });
  const leftOut = leftOutNotices(view, await readLeftOut(services.db, request.id));
  const evidence = request.evidence_at ? evidencePosts(services, request) : [];
  return [...changeNotices(view, request.changes), ...leftOut, ...notices, ...evidence];
}

function evidencePosts(services: Services, request: RequestRecord): Post[] {
  return (['md', 'json'] as const).map((kind) => {
    const bytes = async () => {
      const evidence = await readEvidence(services, request.id);
      return Buffer.from(kind === 'md' ? evidencePage(evidence) : evidenceJson(evidence));
    };
    const words = kind === 'md' ? 'The evidence of this request.' : 'The same as data.';
    return post({
      key: `evidence-${kind}`,
      to: { channel: request.requests_channel },
      inThreadOf: 'card',
      blocks: [lines('evidence', [[words]])],
      file: { name: evidenceName(request.id, kind), bytes },
    });
  });
}
