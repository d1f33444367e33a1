#!/usr/bin/env python3
"""Opens the pages of siprecap's output in headless Chromium and uses them as a reader does.

    Tests/Browser/check_report.py SIPRECAP [--axe axe.min.js] [--shots FOLDER] [--input CAPTURE ...]

Any message in the browser's console is a failure: pages must be clean under their own content security policy.
Needs chromium, chromedriver and selenium (Scripts/bootstrap --for test). Exit status: 0 passed, 1 failed, 2 something to test with is missing.
"""
import argparse
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

try:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
except ImportError:
    print("check_report: python3-selenium is missing: Scripts/bootstrap --for test", file=sys.stderr)
    sys.exit(2)

import hostile_call

ROOT = pathlib.Path(__file__).resolve().parents[2]
failures = []


def expect(condition, what):
    if not condition:
        failures.append(what)
        print(f"check_report: FAILED: {what}", file=sys.stderr)


class Browser:
    def __init__(self):
        chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
        if not chromium or not driver:
            print("check_report: chromium or chromedriver is missing: Scripts/bootstrap --for test", file=sys.stderr)
            sys.exit(2)
        options = webdriver.ChromeOptions()
        options.binary_location = chromium
        for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--mute-audio"):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(service=Service(driver), options=options)

    def size(self, width, height=900, scheme="light"):
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600})
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})

    def open(self, page, fragment=""):
        # A new fragment of the same address would load nothing.
        self.driver.get("about:blank")
        self.driver.get(page.as_uri() + fragment)
        self.page = page

    def js(self, source, *arguments):
        return self.driver.execute_script(source, *arguments)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def click(self, selector):
        element = self.all(selector)[0]
        self.js("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()
        return element

    def wait(self, source, seconds=10):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.js("return " + source):
                return True
            time.sleep(0.05)
        return False

    def clean(self):
        for entry in self.driver.get_log("browser"):
            expect(False, f"{self.page}: console: {entry['message']}")

    def picture(self, path, height=None):
        if height is None:
            height = self.js("return document.documentElement.scrollHeight")
        shot = self.driver.execute_cdp_cmd(
            "Page.captureScreenshot",
            {"captureBeyondViewport": True, "clip": {"x": 0, "y": 0, "width": self.js("return innerWidth"), "height": height, "scale": 1}})
        import base64
        path.write_bytes(base64.b64decode(shot["data"]))


def check_content(browser, page, record):
    """The page says what recording.json says."""
    browser.open(page)
    audio = [file for file in record["files"] if "sampleRate" in file]
    expect(len(browser.all("audio")) == len(audio), f"{page}: an audio element for each of {len(audio)} files")
    expect(len(browser.all(".lane .wave")) >= len(audio), f"{page}: a lane for each file")
    expect(len(browser.all(".shape")) == len(audio), f"{page}: a waveform for each file")
    expect(len(browser.all("#participants tbody tr")) == len(record["participants"]), f"{page}: a row for each participant")
    expect(len(browser.all("#findings li.finding")) == len(record["findings"]), f"{page}: an item for each finding")
    expect(bool(browser.all("details.message")) == bool(record["dialogs"]), f"{page}: the ladder has messages")
    drawn = {gap["cause"] for stream in record["streams"] if stream["media"] == "audio" for gap in stream["gaps"]}
    for cause in drawn:
        expect(browser.all(f".lane .c-{cause}"), f"{page}: a gap of cause {cause} is drawn")
    word = "complete" if record["complete"] else "incomplete"
    expect(browser.all(".top .badge")[0].text == word, f"{page}: says {word}")
    expect(browser.wait("Array.from(document.querySelectorAll('audio')).every(a => a.readyState > 0)"), f"{page}: the audio files load")
    lengths = browser.js("return Array.from(document.querySelectorAll('audio')).map(a => a.duration)")
    for file, length in zip(audio, lengths):
        expect(abs(length - file["frames"] / file["sampleRate"]) < 0.01, f"{page}: {file['path']} has its length")


def check_playing(browser, page):
    browser.open(page)
    position = "Number(document.getElementById('seek').value)"
    browser.click("#play")
    expect(browser.wait(f"{position} > 0.4"), f"{page}: plays")
    times = browser.js("return Array.from(document.querySelectorAll('audio')).map(a => a.currentTime)")
    expect(len(times) > 1 and max(times) - min(times) < 0.15, f"{page}: files play together: {times}")
    # Back to the start, so that a slow machine does not come to the end meanwhile.
    browser.js("const s = document.getElementById('seek'); s.value = 0; s.dispatchEvent(new Event('input'))")
    browser.click(".mute")
    muted = browser.js("return Array.from(document.querySelectorAll('audio')).map(a => a.muted)")
    expect(muted == [True] + [False] * (len(muted) - 1), f"{page}: one participant is muted: {muted}")
    expect(browser.all(".mute")[0].get_attribute("aria-pressed") == "true", f"{page}: says that it is muted")
    browser.js("const s = document.getElementById('seek'); s.value = 0; s.dispatchEvent(new Event('input'))")
    browser.click("#play")
    expect(browser.js("return Array.from(document.querySelectorAll('audio')).every(a => a.paused)"), f"{page}: pauses")
    # Keyboard only: to a position, and on from there.
    seek = browser.all("#seek")[0]
    before = browser.js(f"return {position}")
    seek.send_keys(Keys.ARROW_RIGHT * 20)
    expect(browser.js(f"return {position}") > before, f"{page}: arrow keys move the position")
    browser.all("#play")[0].send_keys(Keys.SPACE)
    expect(browser.wait("document.getElementById('play').textContent === 'Pause'"), f"{page}: the space bar plays")
    # To the end, where it stops by itself.
    browser.js("const s = document.getElementById('seek'); s.value = s.max - 0.3; s.dispatchEvent(new Event('input'))")
    expect(browser.wait("document.getElementById('play').textContent === 'Play'"), f"{page}: stops at the end")
    # A click in the middle of a lane.
    browser.js("arguments[0].scrollIntoView({block: 'center'})", browser.all(".lane .track .shape")[0])
    browser.js(
        "const t = document.querySelector('.lane:not(.axis) .track'), b = t.getBoundingClientRect();"
        "t.dispatchEvent(new MouseEvent('click', {bubbles: true, clientX: b.left + b.width / 2, clientY: b.top + 2}))")
    share = browser.js(f"return {position} / Number(document.getElementById('seek').max)")
    expect(abs(share - 0.5) < 0.01, f"{page}: a click in a lane seeks: {share}")
    browser.clean()


def check_gap(browser, page):
    browser.open(page)
    gap = browser.all(".lane .gap")[0]
    browser.js("arguments[0].scrollIntoView({block: 'center'})", gap)
    gap.click()
    wanted, found = float(gap.get_attribute("data-at")), float(browser.all("#seek")[0].get_attribute("value"))
    expect(abs(found - wanted) < 0.02, f"{page}: a click on a gap goes there: {found}, not {wanted}")
    expect(browser.all("#status")[0].text != "", f"{page}: says what the gap is")
    heads = browser.js("return parseFloat(document.querySelector('.lane:not(.axis) .playhead').style.left)")
    length = float(browser.all("#lanes")[0].get_attribute("data-duration"))
    expect(abs(heads - wanted / length * 100) < 0.2, f"{page}: the line stands at the gap")
    browser.clean()


def check_messages(browser, page):
    browser.open(page)
    message = browser.click("details.message summary")
    opened = browser.all("details.message[open] pre")
    expect(len(opened) == 1 and "SIP/2.0" in opened[0].text, f"{page}: a message opens")
    message.send_keys(Keys.ENTER)
    expect(not browser.all("details.message[open]"), f"{page}: Enter closes it")
    browser.open(page, "#m2")
    expect(browser.js("return document.getElementById('m2').open"), f"{page}: a link opens its message")
    browser.clean()


def check_run_page(browser, page, recordings, incomplete):
    browser.open(page)
    rows = "Array.from(document.querySelectorAll('#list tbody tr'))"
    expect(browser.js(f"return {rows}.length") == recordings, f"{page}: {recordings} rows")
    browser.all("#words")[0].send_keys("henry nakamura")
    shown = browser.js(f"return {rows}.filter(r => !r.hidden).map(r => r.textContent)")
    expect(0 < len(shown) < recordings and all("Henry Nakamura" in text for text in shown), f"{page}: finds")
    browser.all("#words")[0].clear()
    browser.js("const s = document.getElementById('state'); s.value = 'bad'; s.dispatchEvent(new Event('change'))")
    shown = browser.js(f"return {rows}.filter(r => !r.hidden).map(r => r.dataset.state)")
    expect(shown == ["bad"] * incomplete, f"{page}: shows only the {incomplete} incomplete ones")
    browser.js("const s = document.getElementById('state'); s.value = ''; s.dispatchEvent(new Event('change'))")
    for order in (1, -1):
        browser.click("button.sort[data-column='2']")
        lengths = browser.js(f"return {rows}.map(r => Number(r.cells[2].dataset.key))")
        expect(lengths == sorted(lengths, reverse=order < 0), f"{page}: sorts by length")
    browser.click("#list tbody a")
    expect(browser.wait("!!document.getElementById('lanes')"), f"{page}: a link leads to a recording")
    browser.clean()


def check_layout(browser, page):
    for width in (1280, 390):
        browser.size(width)
        browser.open(page)
        inner, outer = browser.js("return [innerWidth, document.documentElement.scrollWidth]")
        expect(outer <= inner, f"{page}: at {width} pixels nothing sticks out: {outer}")
        # Lanes share one time axis: their pictures begin and end together.
        edges = browser.js("return Array.from(document.querySelectorAll('.lane .track')).map(t => { const b = t.getBoundingClientRect(); return [b.left, b.right] })")
        expect(len({tuple(edge) for edge in edges}) <= 1, f"{page}: lanes are aligned at {width} pixels: {edges}")
    browser.size(1280)
    browser.clean()


def check_accessibility(browser, page, axe):
    for scheme in ("light", "dark"):
        browser.size(1280, scheme=scheme)
        browser.open(page)
        # Through the debugger, as the page's policy rightly refuses foreign scripts.
        browser.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": axe})
        found = browser.driver.execute_async_script("const done = arguments[0]; axe.run(document).then(r => done(r.violations), e => done([{id: String(e), nodes: []}]))")
        for violation in found:
            targets = "; ".join(str(node["target"]) + " " + node.get("failureSummary", "").replace("\n", " ") for node in violation["nodes"][:3])
            expect(False, f"{page} ({scheme}): axe: {violation['id']}: {violation.get('help')}: {targets}")
    browser.size(1280)


def check_hostile(browser, out):
    pages = sorted(out.glob("recordings/*/report.html"))
    expect(len(pages) == 1, "the hostile call is one recording")
    for page in pages + [out / "report.html"]:
        browser.open(page)
        time.sleep(0.2)
        expect(browser.js("return window.hacked") is None, f"{page}: text of the capture ran as a script")
        expect(len(browser.all("script")) == 1 and not browser.all("img, iframe, object, [onload], [onerror]"), f"{page}: text became an element")
        text = browser.js("return document.body.textContent")
        expect("<script>" in text or "script" not in text, f"{page}: text is shown as it is")
        expect("\x1b" not in text and "\u202e" not in text, f"{page}: control characters are spelled out")
        browser.clean()
    check_layout(browser, pages[0])


def pictures(browser, out, pages, folder):
    folder.mkdir(parents=True, exist_ok=True)
    for width in (1280, 390):
        for scheme in ("light", "dark"):
            browser.size(width, scheme=scheme)
            for name, page in [("run", out / "report.html")] + pages:
                browser.open(page)
                time.sleep(0.3)
                browser.picture(folder / f"{name}-{width}-{scheme}.png")
    browser.size(1280)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("siprecap")
    parser.add_argument("--axe", help="axe.min.js of axe-core")
    parser.add_argument("--shots", type=pathlib.Path, help="write pictures of pages here, to look at")
    parser.add_argument("--input", nargs="*", default=[str(ROOT / "SamplePcaps")])
    options = parser.parse_args()
    axe = pathlib.Path(options.axe).read_text() if options.axe else None
    with tempfile.TemporaryDirectory(prefix="siprecap-browser-") as scratch:
        scratch = pathlib.Path(scratch)
        out, hostile = scratch / "out", scratch / "hostile"
        hostile_call.write(scratch / "hostile.pcap")
        for inputs, folder in ((options.input, out), ([str(scratch / "hostile.pcap")], hostile)):
            result = subprocess.run([options.siprecap, "reconstruct", *inputs, "-o", str(folder)], capture_output=True, text=True)
            if result.returncode not in (0, 1):
                print(f"check_report: {result.stderr}", file=sys.stderr)
                return 1
        browser = Browser()
        try:
            browser.size(1280)
            pages = sorted(out.glob("recordings/*/report.html"))
            records = {page: json.loads((page.parent / "recording.json").read_text()) for page in pages}
            for page in pages:
                check_content(browser, page, records[page])
                browser.clean()
            gapped = [page for page in pages if any(gap["cause"] in ("pause", "hold", "unknown") for stream in records[page]["streams"] for gap in stream["gaps"])]
            several = [page for page in pages if len([file for file in records[page]["files"] if "sampleRate" in file]) > 1]
            expect(gapped and several, "the samples have a gap to click and files to play together")
            check_playing(browser, max(several, key=lambda page: records[page]["duration"]))
            for page in gapped[:2]:
                check_gap(browser, page)
            check_messages(browser, several[0])
            check_run_page(browser, out / "report.html", len(pages), sum(not record["complete"] for record in records.values()))
            for page in [out / "report.html"] + gapped[:1] + several[:2]:
                check_layout(browser, page)
                if axe and page != several[1]:
                    check_accessibility(browser, page, axe)
            check_hostile(browser, hostile)
            if options.shots:
                chosen = [("recording-gaps", gapped[0]), ("recording-many", max(pages, key=lambda page: len(records[page]["participants"])))]
                pictures(browser, out, chosen, options.shots)
        finally:
            browser.driver.quit()
    accessibility = "accessibility by axe-core" if axe else "accessibility not checked: no --axe"
    print(f"check_report: {'FAILED' if failures else 'passed'}: {len(pages)} recordings, {accessibility}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
