/// How pages look: dark and light by the reader's setting, readable on a phone and on paper.
enum StyleSheet {
    static let source: StaticString = """
        :root {
          color-scheme: light dark;
          --page: #ffffff; --card: #f6f7f9; --ink: #1b1f24; --quiet: #59636e; --line: #d5dae0; --accent: #1f5fa8;
          --wave: #47627f; --talk: #2f7d5b; --good: #1a6b3c; --good-back: #dff3e6; --bad: #9c2020; --bad-back: #fbe3e1;
          --warn: #7a5200; --warn-back: #fbeecb; --info: #3d4f66; --info-back: #e4e9f0;
          --network-loss: #d43f3a; --capture-drop: #e07b1a; --snap-length: #c79a00; --file-missing: #8a5a33; --no-key: #7d4cc2;
          --authentication-failure: #c2389a; --discontinuous-transmission: #a9b4c0; --hold: #4a8fd0; --pause: #1f9a9a; --not-negotiated: #8b95a1;
          --codec-unsupported: #5b5ea6; --unknown: #6e7781;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --page: #14181d; --card: #1d232a; --ink: #e4e8ed; --quiet: #9aa6b2; --line: #343d47; --accent: #7db4f0;
            --wave: #9db4cc; --talk: #5cc594; --good: #86dba5; --good-back: #173a26; --bad: #ffa8a0; --bad-back: #4a1c1c;
            --warn: #f0cc7a; --warn-back: #43340f; --info: #b8c7da; --info-back: #2a3440;
            --network-loss: #f0665f; --capture-drop: #f29a4a; --snap-length: #e0bd3c; --file-missing: #b98a62; --no-key: #a983e6;
            --authentication-failure: #e573c3; --discontinuous-transmission: #5a6672; --hold: #6aa9e4; --pause: #45bcbc; --not-negotiated: #77828e;
            --codec-unsupported: #8f92d8; --unknown: #909aa5;
          }
        }
        * { box-sizing: border-box; }
        html { scroll-padding-top: 1rem; }
        body { margin: 0 auto; max-width: 76rem; padding: 1.5rem 2rem 3rem; background: var(--page); color: var(--ink);
          font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; font-variant-numeric: tabular-nums; }
        a { color: var(--accent); text-underline-offset: .15em; }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
        h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .5rem; font-weight: 650; overflow-wrap: anywhere; }
        h2 { font-size: 1.15rem; margin: 0 0 .75rem; font-weight: 650; }
        h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; font-weight: 600; }
        h4 { font-size: .95rem; margin: 0; font-weight: 600; overflow-wrap: anywhere; }
        p { margin: 0 0 .75rem; }
        section { border-top: 1px solid var(--line); padding: 1.25rem 0 .75rem; margin-top: 1rem; }
        code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .86em; }
        .up { margin: 0 0 .75rem; font-size: .9rem; }
        .sentence { font-size: 1.08rem; max-width: 60rem; overflow-wrap: anywhere; }
        .quiet, .note, footer { color: var(--quiet); }
        .note, footer { font-size: .88rem; max-width: 60rem; }
        .note:empty { display: none; }
        footer { border-top: 1px solid var(--line); margin-top: 2rem; padding-top: 1rem; }
        .badge { display: inline-block; padding: .05rem .5rem; border-radius: 1rem; font-size: .8rem; font-weight: 600; white-space: nowrap;
          color: var(--info); background: var(--info-back); }
        .badge.good { color: var(--good); background: var(--good-back); }
        .badge.bad, .badge.error { color: var(--bad); background: var(--bad-back); }
        .badge.warning { color: var(--warn); background: var(--warn-back); }
        .facts { display: flex; flex-wrap: wrap; gap: .35rem 2rem; margin: 0 0 1rem; }
        .facts dt { color: var(--quiet); font-size: .8rem; }
        .facts dd { margin: 0; }
        nav a { display: inline-block; margin-right: 1rem; padding: .2rem 0; }

        button, input, select { font: inherit; color: inherit; }
        button { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .25rem .8rem; cursor: pointer; }
        button:hover:enabled { border-color: var(--accent); }
        button:disabled { color: var(--quiet); cursor: default; }
        .player { display: flex; align-items: center; gap: .75rem; margin-bottom: .75rem; }
        #play { min-width: 5.2rem; background: var(--accent); border-color: var(--accent); color: var(--page); font-weight: 600; }
        #play:disabled { opacity: .6; }
        #seek { flex: 1; min-width: 4rem; accent-color: var(--accent); }
        #clock { min-width: 4.2rem; text-align: right; }
        .player .of { color: var(--quiet); white-space: nowrap; }

        .lanes { border: 1px solid var(--line); border-radius: 8px; background: var(--card); padding: .5rem .75rem; }
        .lane { display: grid; grid-template-columns: 11rem minmax(0, 1fr); gap: 0 1rem; align-items: center; padding: .3rem 0; }
        .lane + .lane { border-top: 1px solid var(--line); }
        .lane.axis { padding: 0; }
        .lane.axis + .lane { border-top: 0; }
        .label { display: flex; align-items: center; justify-content: space-between; gap: .5rem; min-width: 0; }
        .who { font-weight: 600; overflow-wrap: anywhere; line-height: 1.25; }
        .mute { font-size: .8rem; padding: .1rem .5rem; }
        .mute[aria-pressed="true"] { background: var(--ink); color: var(--page); border-color: var(--ink); }
        .track { position: relative; cursor: crosshair; min-width: 0; }
        .track svg { display: block; width: 100%; overflow: visible; }
        .track svg.wave { overflow: hidden; background: linear-gradient(var(--line), var(--line)) center / 100% 1px no-repeat; }
        .track .talkbar { margin-top: 3px; overflow: hidden; }
        .axis line { stroke: var(--quiet); }
        .axis text { font-size: 11px; fill: var(--quiet); }
        .shape { fill: var(--wave); stroke: var(--wave); stroke-width: 1; vector-effect: non-scaling-stroke; stroke-linejoin: round; }
        .muted .shape { opacity: .3; }
        path.talk { fill: none; stroke: var(--talk); stroke-width: 2; }
        rect.talk { fill: var(--talk); }
        .event { fill: var(--accent); stroke: var(--card); stroke-width: 1.5; cursor: pointer; }
        .gap { stroke-width: 1; vector-effect: non-scaling-stroke; fill-opacity: .5; cursor: pointer; }
        .gap:hover { fill-opacity: .8; }
        .key .gap { cursor: default; }
        .c-network-loss { fill: var(--network-loss); stroke: var(--network-loss); }
        .c-capture-drop { fill: var(--capture-drop); stroke: var(--capture-drop); }
        .c-snap-length { fill: var(--snap-length); stroke: var(--snap-length); }
        .c-file-missing { fill: var(--file-missing); stroke: var(--file-missing); }
        .c-no-key { fill: var(--no-key); stroke: var(--no-key); }
        .c-authentication-failure { fill: var(--authentication-failure); stroke: var(--authentication-failure); }
        .c-discontinuous-transmission { fill: var(--discontinuous-transmission); stroke: none; fill-opacity: .3; }
        .c-hold { fill: var(--hold); stroke: var(--hold); }
        .c-pause { fill: var(--pause); stroke: var(--pause); }
        .c-not-negotiated { fill: var(--not-negotiated); stroke: none; fill-opacity: .3; }
        .c-codec-unsupported { fill: var(--codec-unsupported); stroke: var(--codec-unsupported); }
        .c-unknown { fill: var(--unknown); stroke: var(--unknown); }
        .playhead { position: absolute; top: -2px; bottom: -2px; width: 0; border-left: 2px solid var(--accent); margin-left: -1px; pointer-events: none; }
        .legend { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; margin: .75rem 0 .5rem; font-size: .88rem; }
        .key { width: 14px; height: 10px; margin-right: .45rem; display: inline-block; }
        .jump { padding: .05rem .5rem; font-variant-numeric: tabular-nums; }

        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-size: .9rem; }
        th, td { text-align: left; vertical-align: top; padding: .4rem .9rem .4rem 0; border-bottom: 1px solid var(--line); font-weight: 400; }
        thead th { color: var(--quiet); font-size: .8rem; white-space: nowrap; }
        tbody th { font-weight: 600; overflow-wrap: anywhere; min-width: 8rem; }
        .number { text-align: right; white-space: nowrap; }
        td.number { padding-right: 1.2rem; } thead th.number { padding-right: 1.2rem; }
        td time { white-space: nowrap; }
        .hash { color: var(--quiet); }
        .presence { width: 8rem; background: var(--line); border-radius: 4px; display: block; margin: .4rem 0 .2rem; }
        .presence rect { fill: var(--talk); }
        .plain { padding-left: 1.1rem; font-size: .92rem; } .plain li { overflow-wrap: anywhere; }
        details.list { margin: .5rem 0; } summary { cursor: pointer; }
        details.list > summary { color: var(--accent); padding: .2rem 0; }
        pre { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .75rem; overflow: auto; max-height: 28rem; margin: .25rem 0 .75rem;
          white-space: pre-wrap; overflow-wrap: anywhere; }

        .findings { list-style: none; padding: 0; margin: 0; }
        .finding { border-bottom: 1px solid var(--line); padding: .35rem 0; overflow-wrap: anywhere; }
        .finding p { font-size: .92rem; max-width: 60rem; margin: .35rem 0 .35rem 1rem; }

        .ladder { border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
        .heads, .message > summary { display: grid; grid-template-columns: 5rem minmax(0, 1fr); align-items: center; padding: 0 .75rem; }
        .heads { background: var(--card); border-bottom: 1px solid var(--line); }
        .ladder svg { width: 100%; display: block; }
        .ladder text { font-size: 12px; fill: var(--ink); } .ladder .quiet { fill: var(--quiet); }
        .message > summary { list-style: none; } .message > summary::-webkit-details-marker { display: none; }
        .message > summary:hover, .message[open] > summary { background: var(--card); }
        .message > summary:focus-visible { outline-offset: -2px; }
        .t { color: var(--quiet); font-size: .82rem; }
        .life { stroke: var(--line); stroke-width: 1; }
        .shaft { stroke: var(--kind); stroke-width: 1.5; } .head { fill: var(--kind); }
        .request { --kind: var(--accent); } .provisional { --kind: var(--quiet); } .success { --kind: var(--good); } .failure { --kind: var(--bad); }
        .open { padding: .5rem .75rem .25rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; font-size: .9rem; }

        .diagram { min-width: 44rem; max-width: 60rem; display: block; }
        .diagram text { font-size: 13px; fill: var(--ink); } .diagram .quiet { fill: var(--quiet); font-size: 11px; }
        .box rect { fill: var(--card); stroke: var(--line); } .box.faint rect { stroke-dasharray: 4 3; }
        .link { fill: none; stroke: var(--quiet); stroke-width: 1.5; } .link.medium { stroke-dasharray: 7 4; } .link.low { stroke-dasharray: 2 4; }

        .chartrow { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: .5rem 1.5rem; padding: .75rem 0; border-top: 1px solid var(--line); }
        .chartrow h4 { grid-column: 1 / -1; }
        figure { margin: 0; min-width: 0; } figcaption { font-size: .85rem; }
        .plot { position: relative; padding-left: 2rem; margin: .35rem 0; } .plot svg { width: 100%; display: block; overflow: visible; }
        .plot { padding-bottom: 1.1rem; } .plot span { position: absolute; left: 0; font-size: .75rem; line-height: 1; }
        .plot .top { top: -.3em; } .plot .bottom { bottom: 1rem; } .plot .from { left: 2rem; bottom: 0; } .plot .until { left: auto; right: 0; bottom: 0; }
        .grid { stroke: var(--line); fill: none; vector-effect: non-scaling-stroke; }
        .curve { stroke: var(--accent); stroke-width: 1.5; fill: none; vector-effect: non-scaling-stroke; }

        .filter { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem .75rem; margin-bottom: .75rem; }
        .filter input, .filter select { background: var(--page); border: 1px solid var(--line); border-radius: 6px; padding: .25rem .5rem; }
        .filter input { width: 16rem; max-width: 100%; } .filter output { color: var(--quiet); margin-left: auto; }
        .sort { background: none; border: 0; padding: 0; color: var(--quiet); } .sort:hover:enabled { color: var(--accent); }
        [aria-sort="ascending"] .sort::after { content: " \\2191"; } [aria-sort="descending"] .sort::after { content: " \\2193"; }

        @media (max-width: 700px) {
          body { padding: 1rem 1rem 2rem; }
          h1 { font-size: 1.4rem; }
          .lane { grid-template-columns: minmax(0, 1fr); gap: .25rem; }
          .lane.axis .label, .lane.events .label { display: none; }
          .player { flex-wrap: wrap; } #seek { order: 9; flex-basis: 100%; }
          .heads, .message > summary { grid-template-columns: 3.4rem minmax(0, 1fr); padding: 0 .4rem; }
          .ladder text { font-size: 11px; }
          .chartrow { grid-template-columns: minmax(0, 1fr); }
          .filter output { margin-left: 0; }
          #list thead { display: none; }
          #list tr { display: grid; grid-template-columns: 1fr auto; gap: 0 .75rem; padding: .6rem 0; border-bottom: 1px solid var(--line); }
          #list tr[hidden] { display: none; }
          #list th, #list td { border: 0; padding: .1rem 0; } #list tbody th { grid-column: 1 / -1; order: -1; }
          #list td.number { text-align: right; }
        }
        @media print {
          :root { --page: #fff; --card: #fff; --ink: #000; --quiet: #444; --line: #bbb; --accent: #1f5fa8; --wave: #47627f; }
          body { max-width: none; padding: 0; font-size: 10pt; }
          nav, .player, .mute, .filter, .playhead, .up { display: none; }
          section { break-inside: auto; } .lane, figure, tr, .message { break-inside: avoid; }
          .scroll { overflow: visible; } pre { max-height: none; white-space: pre-wrap; }
          table { font-size: 8.5pt; } th, td { overflow-wrap: anywhere; padding-left: .25em; padding-right: .25em; }
          * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
        }
        """
}
