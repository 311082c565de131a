/** The video: HLS through hls.js, or by the browser itself where there is no media source to feed; else a poster. */
import { t } from './messages.js';
import { Component, h } from './view.js';

const HLS = '/webjars/hls.js/1.4.12/dist/hls.light.min.js';
const POSTER = '/assets/poster.svg';
const RETRY_AFTER = 5000;

/** Its build is a script, not a module, and leaves its name in the window. */
function loadHls() {
  loadHls.promise ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = HLS;
    script.onload = () => resolve(window.Hls);
    script.onerror = () => {
      loadHls.promise = undefined;
      reject(new Error('hls.js did not load'));
    };
    document.head.append(script);
  });
  return loadHls.promise;
}

/** Shows `streamUrl`; without it, the poster. Comes back by itself when the stream does. */
export class Player extends Component {
  state = { failed: false };

  componentDidMount() {
    this.play();
  }

  shouldComponentUpdate({ streamUrl, label }, { failed }) {
    return streamUrl !== this.props.streamUrl || label !== this.props.label || failed !== this.state.failed;
  }

  componentDidUpdate({ streamUrl }) {
    if (streamUrl !== this.props.streamUrl) {
      this.stop();
      this.play();
    }
  }

  componentWillUnmount() {
    this.stop();
  }

  async play() {
    const { streamUrl } = this.props;
    const video = this.video;
    if (!streamUrl || !video) {
      return;
    }
    if (!window.MediaSource && video.canPlayType('application/vnd.apple.mpegurl')) {
      video.src = streamUrl;
      return;
    }
    try {
      const Hls = await loadHls();
      if (video === this.video && streamUrl === this.props.streamUrl) {
        this.attach(Hls, video, streamUrl);
      }
    } catch {
      this.fail();
    }
  }

  attach(Hls, video, streamUrl) {
    // Its worker would be a script from a blob, which our policy does not run.
    this.hls = new Hls({ enableWorker: false });
    this.hls.on(Hls.Events.ERROR, (name, error) => error.fatal && this.fail());
    this.hls.on(Hls.Events.FRAG_BUFFERED, () => this.setState({ failed: false }));
    this.hls.loadSource(streamUrl);
    this.hls.attachMedia(video);
  }

  fail() {
    this.stop();
    this.setState({ failed: true });
    this.retry = setTimeout(() => this.play(), RETRY_AFTER);
  }

  stop() {
    clearTimeout(this.retry);
    this.hls?.destroy();
    this.hls = undefined;
  }

  render({ streamUrl, label }, { failed }) {
    if (!streamUrl) {
      return h('img', { src: POSTER, alt: t('video.none'), width: 1280, height: 720 });
    }
    return [
      h('video', {
        key: 'video',
        ref: video => (this.video = video),
        poster: POSTER,
        'aria-label': label,
        autoplay: !matchMedia('(prefers-reduced-motion: reduce)').matches,
        muted: true,
        loop: true,
        controls: true,
        playsInline: true,
        onPlaying: () => this.setState({ failed: false }),
        onError: () => !this.hls && this.fail(),
      }),
      failed && h('p', { key: 'failed', class: 'notice', role: 'status' }, t('video.failed')),
    ];
  }
}
