/// Plays the audio files of a recording together. The page is readable without it.
enum RecordingScript {
    static let source: StaticString = """
        "use strict";
        (() => {
          const all = (selector) => Array.from(document.querySelectorAll(selector));
          const one = (id) => document.getElementById(id);
          // A message that a link names opens.
          const reveal = () => {
            const target = location.hash.length > 1 && one(location.hash.slice(1));
            if (target && target.tagName === "DETAILS") { target.open = true; target.scrollIntoView({ block: "center" }); }
          };
          addEventListener("hashchange", reveal);
          reveal();

          const lanes = one("lanes");
          const play = one("play");
          const seek = one("seek");
          if (!lanes || !play) return;
          const duration = Number(lanes.dataset.duration);
          const tracks = all("audio[data-track]").map((audio) => ({ audio, offset: Number(audio.dataset.offset) || 0 }));
          const clock = one("clock");
          const status = one("status");
          const heads = all(".lane .track").map((track) => {
            const head = document.createElement("div");
            head.className = "playhead";
            track.append(head);
            return head;
          });
          let position = 0;
          let playing = false;

          const text = (seconds) => {
            const hundredths = Math.round(seconds * 100);
            const pad = (value) => String(value).padStart(2, "0");
            const whole = Math.floor(hundredths / 100);
            const head = whole >= 3600 ? Math.floor(whole / 3600) + ":" + pad(Math.floor(whole / 60) % 60) : String(Math.floor(whole / 60));
            return head + ":" + pad(whole % 60) + "." + pad(hundredths % 100);
          };
          const show = () => {
            for (const head of heads) head.style.left = (position / duration) * 100 + "%";
            clock.value = text(position);
            if (document.activeElement !== seek || playing) seek.value = String(position);
            seek.setAttribute("aria-valuetext", text(position));
          };
          const usable = () => tracks.filter((track) => !track.audio.error);
          // The one that the others follow: it must have sound at this moment.
          const leader = () => usable().find((track) => !track.audio.paused && !track.audio.ended);
          const place = (track) => {
            const local = position - track.offset;
            const inside = local >= 0 && !(local >= track.audio.duration);
            if (inside && Math.abs(track.audio.currentTime - local) > 0.06) track.audio.currentTime = local;
            return inside;
          };
          const stop = () => {
            playing = false;
            for (const track of tracks) track.audio.pause();
            play.textContent = "Play";
          };
          const start = () => {
            if (!usable().length) { status.textContent = "The audio files are not next to this page."; return; }
            if (position >= duration - 0.01) position = 0;
            playing = true;
            play.textContent = "Pause";
            for (const track of usable()) {
              if (place(track)) track.audio.play().catch(() => { if (playing) { stop(); status.textContent = "This browser cannot play these audio files."; } });
            }
            requestAnimationFrame(step);
          };
          const step = () => {
            if (!playing) return;
            const lead = leader();
            if (lead) {
              position = Math.min(duration, lead.audio.currentTime + lead.offset);
              for (const track of usable()) if (track !== lead && !track.audio.ended) place(track);
            } else if (usable().every((track) => track.audio.ended || position - track.offset >= track.audio.duration)) {
              position = duration;
              stop();
            }
            show();
            requestAnimationFrame(step);
          };
          const go = (seconds) => {
            position = Math.max(0, Math.min(duration, seconds));
            for (const track of usable()) place(track);
            if (playing) for (const track of usable()) if (track.audio.paused && place(track)) track.audio.play().catch(() => {});
            show();
          };

          play.addEventListener("click", () => (playing ? (stop(), show()) : start()));
          seek.addEventListener("input", () => go(Number(seek.value)));
          for (const button of all(".mute")) {
            button.addEventListener("click", () => {
              const track = tracks.find((each) => each.audio.dataset.track === button.dataset.track);
              track.audio.muted = !track.audio.muted;
              button.setAttribute("aria-pressed", String(track.audio.muted));
              button.closest(".lane").classList.toggle("muted", track.audio.muted);
            });
          }
          document.addEventListener("click", (event) => {
            const mark = event.target.closest("[data-at]");
            if (mark) {
              go(Number(mark.dataset.at));
              const title = mark.querySelector("title");
              status.textContent = title ? title.textContent : "At " + text(position);
              return;
            }
            const track = event.target.closest(".lane .track");
            if (!track) return;
            const box = track.getBoundingClientRect();
            go(((event.clientX - box.left) / box.width) * duration);
          });
          play.disabled = false;
          seek.disabled = false;
          show();
        })();
        """
}
