import { useState } from 'preact/hooks';
import { safeUrl } from '../text/mrkdwn.ts';

/** A picture of a block; offline, or when it does not load, its description instead. */
export function ImageView({
  url,
  alt,
  small,
}: {
  url: string | null;
  alt: string;
  small?: boolean;
}) {
  const [failed, setFailed] = useState(false);
  const source = url && (url.startsWith('/') ? url : safeUrl(url));
  if (!source || failed) {
    return (
      <span
        class={small ? 'image-missing image-small' : 'image-missing'}
        role="img"
        aria-label={alt}
      >
        {small ? alt.charAt(0).toUpperCase() : alt || 'image'}
      </span>
    );
  }
  return (
    <img
      class={small ? 'image-small' : 'image-full'}
      src={source}
      alt={alt}
      title={alt}
      onError={() => setFailed(true)}
    />
  );
}
