#!/usr/bin/env python3
"""Verifies a receipt of the Hub with nothing but Python's standard library and the log's public key.

    verify_receipt.py receipt.json 'VKEY'       a receipt, saved as JSON
    verify_receipt.py --note note.txt 'VKEY'    a signed note, such as a checkpoint
    verify_receipt.py --leaf-vectors FILE       the published vectors of the leaf format
    verify_receipt.py --tree-vectors FILE       roots and proofs of trees, computed here once more

VKEY is the log's verifier key, name+id+base64, handed over at onboarding; never take it from the Hub itself.
Exit code 0: everything named in the output was proved. 1: it says what is wrong. 2: wrong usage.
Formats: src/Hub.Transparency/README.md. Written from the specifications alone; shares no code with the Hub.
"""
import base64
import datetime
import hashlib
import json
import struct
import sys


class Wrong(Exception):
    """What is wrong, in a sentence."""


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def unbase64(text, what, length=None):
    try:
        data = base64.b64decode(text, validate=True)
    except (ValueError, TypeError):
        raise Wrong(f"{what} is not base64")
    if base64.b64encode(data).decode() != text:  # one form only: no stray bits, no white space
        raise Wrong(f"{what} is not canonical base64")
    if length not in (None, len(data)):
        raise Wrong(f"{what} is not {length} bytes long")
    return data


# Ed25519, RFC 8032 section 5.1: points in extended coordinates (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)
NEUTRAL = (0, 1, 1, 0)


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(scalar, point):
    result = NEUTRAL
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point, scalar = add(point, point), scalar >> 1
    return result


def same_point(p, q):
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0


def decode_point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * ROOT_OF_MINUS_1 % P
    if (x * x - xx) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = decode_point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def ed25519_verify(key, message, signature):
    if len(signature) != 64:
        return False
    a, r = decode_point(key), decode_point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    return same_point(multiply(s, BASE), add(r, multiply(k, a)))


# Signed notes: C2SP signed-note.
def parse_vkey(vkey):
    parts = vkey.strip().split("+", 2)
    if len(parts) != 3 or not is_name(parts[0]):
        raise Wrong("the log key does not read name+id+base64")
    data = unbase64(parts[2], "the log key")
    if len(data) != 33 or data[0] != 1:
        raise Wrong("the log key is not an Ed25519 key")
    name, key = parts[0], data[1:]
    key_id = sha256(name.encode(), b"\n", data)[:4]
    if key_id.hex() != parts[1]:
        raise Wrong("the log key does not fit its own id: it was mistyped or cut")
    point = decode_point(key)
    if point is None or same_point(point, NEUTRAL) or not same_point(multiply(L, point), NEUTRAL):
        raise Wrong("the log key is no point of the curve that can verify signatures")
    return name, key_id, key


def is_name(name):
    return bool(name) and "+" not in name and not any(c.isspace() or c < " " for c in name)


def open_note(note, log_key):
    name, key_id, key = log_key
    text, blank, tail = note.rpartition("\n\n")
    if not blank or not tail.endswith("\n") or any(c < " " and c != "\n" for c in note):
        raise Wrong("the checkpoint is not a signed note")
    text += "\n"
    verified, lines = False, tail[:-1].split("\n")
    if len(lines) > 100:
        raise Wrong("the checkpoint has more than 100 signatures")
    for line in lines:
        parts = line.split(" ")
        if len(parts) != 3 or parts[0] != "\u2014" or not is_name(parts[1]):
            raise Wrong("the checkpoint is not a signed note: a line that is no signature")
        signed = unbase64(parts[2], "a signature of the checkpoint")
        if parts[1] != name or signed[:4] != key_id:
            continue  # of another key: not ours to judge
        if not ed25519_verify(key, text.encode(), signed[4:]):
            raise Wrong(f"the signature of {name} under the checkpoint is not valid")
        verified = True
    if not verified:
        raise Wrong(f"the checkpoint has no signature of {name} with the key id {key_id.hex()}")
    return text


def parse_checkpoint(text):
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
        raise Wrong("the signed text is not a checkpoint")
    size = lines[1]
    if not (size.isascii() and size.isdigit()) or str(int(size)) != size:
        raise Wrong("the checkpoint's size is not a number")
    return lines[0], int(size), unbase64(lines[2], "the checkpoint's root", 32)


# The tree: RFC 9162 section 2.1.
def leaf_hash(entry):
    return sha256(b"\x00", entry)


def node_hash(left, right):
    return sha256(b"\x01", left, right)


def verify_inclusion(index, size, leaf, proof, root):  # 2.1.3.2
    if not 0 <= index < size:
        return False
    fn, sn, r = index, size - 1, leaf
    for p in proof:
        if sn == 0 or len(p) != 32:
            return False
        if fn & 1 or fn == sn:
            r = node_hash(p, r)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node_hash(r, p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root


def verify_consistency(first, first_root, second, second_root, proof):  # 2.1.4.2
    if first == second:
        return not proof and first_root == second_root
    if first == 0:
        return not proof and first_root == sha256()
    if first & (first - 1) == 0:
        proof = [first_root] + proof
    if not proof or first > second:
        return False
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = proof[0]
    for c in proof[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node_hash(c, fr), node_hash(c, sr)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, c)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == first_root and sr == second_root


# The leaf: header and payload hash.
class Reader:
    def __init__(self, data):
        self.rest = data

    def take(self, count):
        taken, self.rest = self.rest[:count], self.rest[count:]
        if len(taken) != count:
            raise Wrong("the header is cut short")
        return taken

    def number(self, kind):
        return struct.unpack(kind, self.take(struct.calcsize(kind)))[0]

    def text(self):
        data = self.take(self.number(">H"))
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            raise Wrong("a text of the header is not UTF-8")
        if not text:
            raise Wrong("a text of the header is empty")
        return text


def parse_header(data):
    reader = Reader(data)
    if reader.number(">B") != 1:
        raise Wrong("the header's layout is not 1")
    header = {
        "origin": reader.text(),
        "stream": reader.text(),
        "version": reader.number(">Q"),
        "kind": reader.text(),
        "schema": reader.number(">I"),
        "unixMicroseconds": reader.number(">q"),
    }
    if reader.rest:
        raise Wrong("bytes follow the header")
    if header["version"] >= 2**63 or header["schema"] >= 2**31:
        raise Wrong("a number of the header is too large")
    format_time(header["unixMicroseconds"])
    return header


def format_time(microseconds):
    try:
        time = datetime.datetime(1970, 1, 1) + datetime.timedelta(microseconds=microseconds)
        return time.isoformat(timespec="microseconds") + "Z"
    except OverflowError:
        raise Wrong("the header's time is out of range")


def load_receipt(path):
    """Protobuf's JSON form: bytes in base64, a 64-bit number as a string or a number, a missing field is its default."""
    with open(path, encoding="utf-8") as file:
        try:
            receipt = json.load(file)
        except ValueError as error:
            raise Wrong(f"the file is no JSON, so no receipt: {error}")
    if isinstance(receipt, dict) and "receipt" in receipt:
        receipt = receipt["receipt"]  # an answer of the Hub, saved as it came
    if not isinstance(receipt, dict) or "checkpoint" not in receipt:
        raise Wrong("the file holds no receipt, and no answer with one")
    header, payload = (unbase64(receipt.get(f, ""), f"the {f}") for f in ("header", "payload"))
    salt = unbase64(receipt.get("salt", ""), "the salt", 32)
    position, proof, note = receipt.get("position", 0), receipt.get("proof", []), receipt.get("checkpoint", "")
    if isinstance(position, str) and position.isascii() and position.isdigit():
        position = int(position)
    if type(position) is not int or not isinstance(proof, list) or not isinstance(note, str):
        raise Wrong("a field of the receipt is not of its type")
    return header, salt, payload, position, [unbase64(p, "the proof") for p in proof], note


def verify_receipt(path, vkey):
    header_bytes, salt, payload, position, proof, note = load_receipt(path)
    header, log_key = parse_header(header_bytes), parse_vkey(vkey)
    log, size, root = parse_checkpoint(open_note(note, log_key))
    if not header["origin"] == log == log_key[0]:
        raise Wrong(f"header ({header['origin']}), checkpoint ({log}) and log key ({log_key[0]}) do not name the same log")
    if not 0 <= position < size:
        raise Wrong(f"position {position} is not in the tree of {size} entries")
    if not verify_inclusion(position, size, leaf_hash(header_bytes + sha256(salt, payload)), proof, root):
        raise Wrong("the proof does not lead from this header, salt and payload at this position to the signed root")
    print("verified: this entry is in the log, under a root that the log signed")
    header |= {"time": format_time(header.pop("unixMicroseconds")), "position": position, "tree size": size, "root": root.hex()}
    for name, value in (header | {"payload": text_of(payload)}).items():
        print(f"  {name:<10} {show(str(value))}")


def show(text):
    """Control characters would let a text command the terminal."""
    return "".join(c if c.isprintable() or c == "\n" else repr(c)[1:-1] for c in text)


def text_of(payload):
    try:
        return payload.decode("utf-8")
    except UnicodeDecodeError:
        return f"{len(payload)} bytes, not text: {payload.hex()}"


# Vectors: the definitions of RFC 9162 section 2.1, word for word.
class Tree:
    def __init__(self, leaves):
        self.leaves, self.known = leaves, {}

    def root(self, start, end):
        if end - start < 2:
            return self.leaves[start] if end > start else sha256()
        if (start, end) not in self.known:
            k = start + split(end - start)
            self.known[start, end] = node_hash(self.root(start, k), self.root(k, end))
        return self.known[start, end]

    def path(self, m, start, end):
        if end - start == 1:
            return []
        k = start + split(end - start)
        if m < k:
            return self.path(m, start, k) + [self.root(k, end)]
        return self.path(m, k, end) + [self.root(start, k)]

    def subproof(self, m, start, end, complete):
        if m == end:
            return [] if complete else [self.root(start, end)]
        k = start + split(end - start)
        if m <= k:
            return self.subproof(m, start, k, complete) + [self.root(k, end)]
        return self.subproof(m, k, end, False) + [self.root(start, k)]


def split(n):
    return 1 << (n - 1).bit_length() - 1


def check_trees(path):
    """Entry i of every tree is the decimal number i in ASCII."""
    with open(path, encoding="utf-8") as file:
        trees = json.load(file)["trees"]
    leaves = [leaf_hash(str(i).encode()) for i in range(max(t["size"] for t in trees))]
    proofs = 0
    for vector in trees:
        size, tree = vector["size"], Tree(leaves)
        root = tree.root(0, size)
        if root.hex() != vector["root"]:
            raise Wrong(f"the root of {size} entries is {root.hex()}, not {vector['root']}")
        if len(vector["inclusion"]) != size:
            raise Wrong(f"the tree of {size} entries has {len(vector['inclusion'])} inclusion proofs")
        for index, proof in enumerate(vector["inclusion"]):
            proof = [bytes.fromhex(p) for p in proof]
            if proof != tree.path(index, 0, size) or not verify_inclusion(index, size, leaves[index], proof, root):
                raise Wrong(f"the inclusion proof of entry {index} in {size} is wrong")
            proofs += 1
        for consistency in vector["consistency"]:
            first, proof = consistency["first"], [bytes.fromhex(p) for p in consistency["proof"]]
            expected = tree.subproof(first, 0, size, True) if first else []
            if proof != expected or not verify_consistency(first, tree.root(0, first), size, root, proof):
                raise Wrong(f"the consistency proof from {first} to {size} is wrong")
            proofs += 1
    print(f"verified: {len(trees)} trees, {proofs} proofs")


def check_leaves(path):
    with open(path, encoding="utf-8") as file:
        vectors = json.load(file)["vectors"]
    for vector in vectors:
        header, salt, payload = (bytes.fromhex(vector[f]) for f in ("headerHex", "saltHex", "payloadHex"))
        if parse_header(header) != vector["header"]:
            raise Wrong(f"vector {vector['name']}: the header reads {parse_header(header)}")
        payload_hash = sha256(salt, payload)
        if payload_hash.hex() != vector["payloadHashHex"] or leaf_hash(header + payload_hash).hex() != vector["leafHashHex"]:
            raise Wrong(f"vector {vector['name']}: a hash is wrong")
    print(f"verified: {len(vectors)} leaves")


def main(arguments):
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        if len(arguments) == 3 and arguments[0] == "--note":
            with open(arguments[1], encoding="utf-8", newline="") as file:
                print("verified: the key signed this text\n" + show(open_note(file.read(), parse_vkey(arguments[2]))), end="")
        elif len(arguments) == 2 and arguments[0] in ("--leaf-vectors", "--tree-vectors"):
            (check_leaves if arguments[0] == "--leaf-vectors" else check_trees)(arguments[1])
        elif len(arguments) == 2 and not arguments[0].startswith("-"):
            verify_receipt(*arguments)
        else:
            print(__doc__, file=sys.stderr)
            return 2
    except (Wrong, OSError, ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        print(f"NOT verified: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
