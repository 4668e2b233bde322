"""The settings for web servers in scripts/hosting send what scripts/serve.mjs sends, to the letter, and the pages' own policy is the
same one.   hosting_test.py"""
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
HOSTING = ROOT / "scripts/hosting"
# A local server has no certificate.
ONLY_THERE = {"Strict-Transport-Security": "max-age=63072000"}


def served() -> dict:
    text = (ROOT / "scripts/serve.mjs").read_text("utf-8")
    rules = re.search(r"kContentSecurityPolicy = \[(.*?)\]", text, re.DOTALL)[1]
    policy = "; ".join(double or single for double, single in re.findall(r'"([^"]+)"|\'([^\']+)\'', rules))
    headers = re.search(r"kHeaders = \{(.*?)\n\};", text, re.DOTALL)[1]
    found = dict(re.findall(r"'([\w-]+)': '([^']*)',", headers))
    return {**found, "Content-Security-Policy": policy}


class Hosting(unittest.TestCase):
    def test_every_host_sends_every_header(self):
        wanted = {**served(), **ONLY_THERE}
        self.assertEqual(len(wanted), 8)
        files = sorted(HOSTING.iterdir())
        self.assertEqual(len(files), 5)
        for file in files:
            text = file.read_text("utf-8")
            for name, value in wanted.items():
                pattern = re.escape(name) + r'"?:?,?\s*(?:"value": )?"?' + re.escape(value) + r'("|$)'
                self.assertRegex(text, re.compile(pattern, re.MULTILINE), f"{file.name}: {name}")

    def test_the_pages_carry_the_same_policy(self):
        # A page cannot say who may frame it; the status page needs no workers.
        policy = served()["Content-Security-Policy"].replace("frame-ancestors 'none'; ", "")
        self.assertIn(f'content="{policy}"', (ROOT / "web/index.html").read_text("utf-8"))
        status = re.search(r'Content-Security-Policy" content="([^"]+)"', (ROOT / "web/status.html").read_text("utf-8"))[1]
        # It starts no worker, and without this rule could start one from where its scripts come from.
        self.assertIn("worker-src 'none'", status.split("; "))
        for rule in status.split("; "):
            name = rule.split(" ")[0]
            if rule == f"{name} 'none'":
                continue
            allowed = next(one for one in policy.split("; ") if one.split(" ")[0] == name).split(" ")
            self.assertLessEqual(set(rule.split(" ")), set(allowed), rule)


if __name__ == "__main__":
    unittest.main()
