"""The PO reader refuses what is malformed, and the compiled catalogue holds exactly what was read."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

SCRIPTS = pathlib.Path(__file__).resolve().parents[2] / "scripts"
sys.path.insert(0, str(SCRIPTS))
import po  # noqa: E402

HEADER = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals={}; plural=0;\\n"\n\n'


class Reading(unittest.TestCase):
    def entries(self, body):
        return po.parse("x.po", HEADER.format(2) + body)[1:]

    def test_context_lines_and_escapes(self):
        entry, = self.entries('#: a.cpp\nmsgctxt "verb"\nmsgid ""\n"Say \\"hi\\"\\n"\n"twice\\\\"\nmsgstr "X"\n')
        self.assertEqual((entry.context, entry.id, entry.forms), ("verb", 'Say "hi"\ntwice\\', {0: "X"}))
        self.assertEqual(entry.key, 'verb\x04Say "hi"\ntwice\\')

    def test_plurals(self):
        entry, = self.entries('msgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] "a"\nmsgstr[1] "b"\n')
        self.assertEqual((entry.plural, entry.forms), ("{n} days", {0: "a", 1: "b"}))

    def test_fuzzy_belongs_to_the_next_entry_only(self):
        first, second = self.entries('#, fuzzy\nmsgid "a"\nmsgstr "x"\n\nmsgid "b"\nmsgstr "y"\n')
        self.assertEqual((first.fuzzy, second.fuzzy), (True, False))

    def test_quote_is_the_inverse_of_reading(self):
        text = 'a "b" \\ \n\t c'
        self.assertEqual(po.unquote(po.quote(text), "x"), text)

    def test_malformed(self):
        for body in ('msgid "a"\n', 'msgstr "a"\n', 'msgid "a"\nmsgstr "x"\nmsgstr "y"\n', 'msgid "a\nmsgstr "x"\n',
                     'msgid "a" b\nmsgstr "x"\n', 'msgid "a\\q"\nmsgstr "x"\n', 'msgid "a"b"\nmsgstr "x"\n',
                     'msgid "a"\nmsgid_plural "b"\nmsgstr "x"\n', 'msgid "a"\nmsgstr[0] "x"\n', '"loose"\n',
                     'msgid "a"\nmsgid_plural "b"\nmsgstr[1] "x"\n', 'msgid "a"\nmsgstr "x"\n\nmsgid "a"\nmsgstr "y"\n',
                     'msgid "a"\nmsgctxt "c"\nmsgstr "x"\n', 'nonsense\n', 'msgid "a"\nmsgid "b"\nmsgstr "x"\n'):
            with self.subTest(body), self.assertRaises(po.PoError):
                self.entries(body)

    def test_header_must_come_first(self):
        with self.assertRaises(po.PoError):
            po.parse("x.po", 'msgid "a"\nmsgstr "b"\n')


class Compiling(unittest.TestCase):
    def compile(self, english, welsh):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "en.po").write_text(english, encoding="utf-8")
            (folder / "cy.po").write_text(welsh, encoding="utf-8")
            result = subprocess.run([sys.executable, "-B", SCRIPTS / "compile_po.py", folder / "out.cpp", folder / "en.po",
                                     folder / "cy.po"], capture_output=True, text=True, check=False)
            return result, (folder / "out.cpp").read_text("utf-8") if result.returncode == 0 else ""

    def test_sorted_by_bytes_and_escaped(self):
        body = 'msgid "b"\nmsgstr "x"\n\nmsgid "Z"\nmsgstr "y"\n\nmsgctxt "c"\nmsgid "é?"\nmsgstr "z"\n'
        body += '\nmsgid "left out"\nmsgstr ""\n'
        result, out = self.compile(HEADER.format(2) + body, HEADER.format(6) + 'msgid "b"\nmsgstr "tŷ"\n')
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertLess(out.index('{"Z"'), out.index('{"b"'))
        self.assertIn('{"c\\004\\303\\251\\?", "z", 1}', out)
        self.assertNotIn("left out", out)
        self.assertIn('{"b", "t\\305\\267", 1}', out)

    def test_what_reads_as_its_key_is_left_out_and_forms_stand_in_a_row(self):
        plural = 'msgid "a"\nmsgid_plural "b"\n' + "".join(f'msgstr[{i}] "f{i}"\n' for i in range(6))
        english = 'msgid "same"\nmsgstr "same"\n\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "a"\nmsgstr[1] "b"\n'
        result, out = self.compile(HEADER.format(2) + english, HEADER.format(6) + plural)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertNotIn("same", out)
        self.assertIn("kCatalogueEn{}", out)
        self.assertIn('{"a", "f0\\000f1\\000f2\\000f3\\000f4\\000f5", 6}', out)

    def test_wrong_number_of_forms_fails(self):
        result, _ = self.compile(HEADER.format(2), HEADER.format(6) + 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "x"\n')
        self.assertNotEqual(result.returncode, 0)
        self.assertIn("6 are needed", result.stderr)
        result, _ = self.compile(HEADER.format(2), HEADER.format(2))
        self.assertNotEqual(result.returncode, 0)


if __name__ == "__main__":
    unittest.main()
