/** The posts next to the card that the policy causes: reminders, exceptional actions, the evidence. */
import { evidenceJson, evidenceName, evidencePage } from '../../evidence/evidence.ts';
import { readEvidence } from '../../evidence/read-evidence.ts';
import { approvalNotices } from '../../messages/notices/approval-notices.ts';
import { changeNotices } from '../../messages/notices/changed-rows.ts';
import { evidencePost } from '../../messages/notices/evidence-notice.ts';
import { leftOutNotices } from '../../messages/notices/left-out-rows.ts';
import type { Post } from '../../messages/post.ts';
import type { HeadViewModel } from '../../messages/request-view-model.ts';
import type { Services } from '../../services.ts';
import type { RequestRecord } from '../../storage/schema.ts';
import { readLeftOut } from '../store/endings-store.ts';

export async function reminderAndEvidencePosts(
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
      return [Buffer.from(kind === 'md' ? evidencePage(evidence) : evidenceJson(evidence))];
    };
    return evidencePost(request.requests_channel, {
      name: evidenceName(request.id, kind),
      kind,
      bytes,
    });
  });
}
