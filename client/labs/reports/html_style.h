// How the page looks: light and dark, on paper, and as wide as a phone.
#pragma once

#include <string_view>

namespace reports {

inline constexpr std::string_view kStyle = R"css(
:root { color-scheme: light dark; --paper: #fbfaf7; --card: #ffffff; --ink: #1d2126; --soft: #5c6570; --rule: #dcd9d2;
  --good: #1c7a43; --bad: #b3261e; --warn: #8a5a00; --client: #1f5fa8; --server: #6a3fa0; --tint: #f3f1ec; --badtint: #fdeeec; }
@media (prefers-color-scheme: dark) { :root { --paper: #15181c; --card: #1d2126; --ink: #e7e5e0; --soft: #a2abb5; --rule: #363c44;
  --good: #63c98a; --bad: #ff8a80; --warn: #f0b74c; --client: #82b7f5; --server: #c3a4f0; --tint: #262b32; --badtint: #3a2322; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.2rem 1.2rem 3rem; max-width: 60rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, "Noto Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.55rem; line-height: 1.25; margin: .4rem 0 .2rem; }
h2 { font-size: 1.15rem; margin: 2.2rem 0 .7rem; padding-bottom: .25rem; border-bottom: 1px solid var(--rule); }
h3 { font-size: 1.05rem; margin: 0 0 .5rem; line-height: 1.35; }
h4 { font-size: .95rem; margin: 1rem 0 .3rem; color: var(--soft); font-weight: 600; }
p { margin: .45rem 0; }
p > b { margin-right: .5em; }
code, pre, .say { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: .875rem; }
pre { margin: .3rem 0; padding: .55rem .7rem; background: var(--tint); border-radius: .35rem; white-space: pre-wrap; }
.soft { color: var(--soft); }
.card { background: var(--card); border: 1px solid var(--rule); border-radius: .5rem; padding: .9rem 1.1rem; margin: .9rem 0; }
.card.failed { border-left: .3rem solid var(--bad); }
.card.note { border-left: .3rem solid var(--warn); }
.mistake h4 { color: inherit; }
.card > :first-child, .card > .mistake:first-child > h4 { margin-top: 0; }
.card > :last-child { margin-bottom: 0; }
mark { background: var(--badtint); color: var(--bad); font-weight: 600; }
.id { color: var(--soft); font-weight: normal; font-size: .85rem; margin-left: .4em; }

.switch { position: absolute; opacity: 0; }
.languages { float: right; font-size: .9rem; }
.languages label { padding: .15rem .6rem; border: 1px solid var(--rule); border-radius: 1rem; cursor: pointer; color: var(--soft); }
#in-en:checked ~ .page .languages [for=in-en], #in-zh:checked ~ .page .languages [for=in-zh] {
  background: var(--ink); color: var(--paper); border-color: var(--ink); }
#in-en:focus-visible ~ .page .languages [for=in-en], #in-zh:focus-visible ~ .page .languages [for=in-zh] {
  outline: 2px solid var(--client); outline-offset: 2px; }
#in-en:checked ~ .page span[lang=zh-CN], #in-zh:checked ~ .page span[lang=en] { display: none; }

.mark { display: flex; flex-wrap: wrap; align-items: center; gap: .3rem .8rem; margin: .5rem 0 .8rem; }
.verdict { padding: .15rem .8rem; border-radius: 1rem; font-weight: 600; color: var(--paper); background: var(--soft); }
.verdict.full, .verdict.pass-with-notes { background: var(--good); }
.verdict.partial { background: var(--warn); }
.verdict.fail { background: var(--bad); }
.points { font-size: 1.1rem; font-weight: 600; }
.first { font-size: 1.1rem; }
.dots { display: flex; flex-wrap: wrap; gap: .25rem; }
.dots i { width: .8rem; height: .8rem; border-radius: .2rem; border: 1px solid var(--soft); }
.dots i.passed { background: var(--good); border-color: var(--good); }
.dots i.failed { background: var(--bad); border-color: var(--bad); }

.checks { list-style: none; margin: 0; padding: 0; }
.checks li { display: grid; grid-template-columns: 1.6rem 1fr auto; gap: 0 .3rem; padding: .35rem 0; border-bottom: 1px solid var(--rule); }
.checks .sign { font-weight: 700; text-align: center; }
.passed > .sign { color: var(--good); } .failed > .sign { color: var(--bad); }
.note > .sign { color: var(--warn); } .not-tried, .not-tried > .sign { color: var(--soft); }
.checks .why { grid-column: 2 / -1; color: var(--soft); font-size: .92rem; }
.checks a { color: inherit; }

.ladder { margin: .6rem 0 1rem; }
.ladder figcaption { font-size: .9rem; color: var(--soft); margin-bottom: .3rem; }
.ends { display: flex; justify-content: space-between; margin-left: 4.6rem; font-size: .85rem; font-weight: 600; }
.ends :first-child { color: var(--client); } .ends :last-child { color: var(--server); }
.ladder ol { list-style: none; margin: 0 0 0 4.6rem; padding: .2rem 0; border: 0 solid; border-left: 2px solid var(--client);
  border-right: 2px solid var(--server); }
.ladder li { position: relative; padding: .3rem .7rem .45rem; }
.ladder li > time { position: absolute; left: -4.7rem; width: 4.2rem; text-align: right; font-size: .78rem; line-height: 1.7; color: var(--soft); }
.ladder .say { display: block; width: fit-content; max-width: 92%; white-space: pre-wrap; }
.ladder .server .say { margin-left: auto; }
.ladder .client::after, .ladder .server::after { content: ""; display: block; height: 0; border-top: 1.5px solid var(--client); margin: .15rem -.35rem 0; }
.ladder .server::after { border-color: var(--server); }
.ladder .client::before, .ladder .server::before { content: ""; position: absolute; bottom: calc(.45rem - 3px); border: 4px solid transparent; }
.ladder .client::before { right: 0; border-left: 8px solid var(--client); border-right: 0; }
.ladder .server::before { left: 0; border-right: 8px solid var(--server); border-left: 0; }
.ladder .told { text-align: center; color: var(--soft); font-style: italic; }
.ladder .told .say { width: auto; max-width: none; font-family: inherit; }
.ladder .told time { font-style: normal; }
.ladder .decoded { color: var(--soft); font-style: italic; margin-left: .8em; }
.ladder .fault { background: var(--badtint); }
.ladder .fault .say { color: var(--bad); font-weight: 600; }
.ladder .cause { font-size: .85rem; color: var(--bad); }
.ladder .server .cause { text-align: right; }

.compare { display: grid; grid-template-columns: 1fr 1fr; gap: .8rem; }
.compare pre { min-height: 3em; }
summary { cursor: pointer; font-weight: 600; padding: .2rem 0; }
details > details, .hints details { margin-left: 1rem; }
footer { margin-top: 2.5rem; font-size: .85rem; color: var(--soft); }

@media (max-width: 40rem) {
  body { padding: .8rem .8rem 2rem; }
  .card { padding: .7rem .8rem; }
  .ends, .ladder ol { margin-left: 0; }
  .ladder li > time { position: static; display: block; width: auto; text-align: left; line-height: 1.3; }
  .ladder .server > time { text-align: right; }
  .compare { grid-template-columns: 1fr; gap: 0; }
}
@media print {
  :root { color-scheme: light; --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --rule: #bbb; --good: #1c7a43; --bad: #b3261e;
    --warn: #8a5a00; --client: #1f5fa8; --server: #6a3fa0; --tint: #f3f1ec; --badtint: #fdeeec; }
  html { font-size: 10pt; }
  body { max-width: none; padding: 0; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .languages { display: none; }
  .ladder li, .card > h3, .checks li { break-inside: avoid; }
  h2, h3, h4 { break-after: avoid; }
  details::details-content { content-visibility: visible; height: auto; }
}
)css";

}  // namespace reports
