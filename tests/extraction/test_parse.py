"""The parser's quick start: fewer letters in the rules of tokens, and the same tokens."""
from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from factcheck.extraction.parse import pipeline

ROOT = Path(__file__).parents[2]
WORDS = ("Aujourd'hui, l’arc-en-ciel. Saint-Étienne-du-Rouvray et Château-d’Œx, mi-février, va-t-il, porte-à-porte, "
         "ex-président, anti-œdipe, après-demain, Ys-sur-Ÿ, contre-enquête, entr’ouvert, quelqu’un, jusqu'à, n°12, "
         "4 000 euros, 12,5 %, M. Żółć-Kowalski, rendez-vous, sous-préfet, presqu’île, O'Brien, week-end")
PLAIN = """
import json, sys, spacy
nlp = spacy.load(sys.argv[1])
print(json.dumps([[t.text for t in nlp.tokenizer(text)] for text in json.load(sys.stdin)]))
"""


def test_french_is_cut_into_the_tokens_that_the_plain_pipeline_gives() -> None:
    files = [*sorted((ROOT / "tests" / "events").rglob("*.txt")), *sorted((ROOT / "seeds").glob("*.txt"))]
    texts = [WORDS, *(" ".join(file.read_text("utf-8", errors="replace").split()) for file in files)]
    own = pipeline("fr")
    name = f"{own.lang}_{own.meta['name']}"
    plain = subprocess.run([sys.executable, "-c", PLAIN, name], input=json.dumps(texts), capture_output=True,
                           text=True, check=True)
    assert [[t.text for t in own.tokenizer(text)] for text in texts] == json.loads(plain.stdout)
