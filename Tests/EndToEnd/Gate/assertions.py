
# From here on the test: what the functions above believe, and what they refuse. One assertion a line comes in.
import sys
from datetime import datetime, timedelta, timezone
from unittest import mock

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

HEADER = '[{"company":"MX","list":"Sales Orders"}]'


def refused(name, assertion, **changes):
    """Whether it is refused, as a JWT and not for a mistake of this test."""
    try:
        with mock.patch.dict(globals(), changes):
            verified(assertion)
    except (jwt.exceptions.PyJWTError, ValueError) as error:
        print(name, "refused:", type(error).__name__)
        return
    sys.exit(name + " was believed")


def at(seconds):
    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(seconds=seconds)
    return mock.patch("jwt.api_jwt.datetime", Clock)


def encoded(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def attack(assertion):
    head, body, signature = assertion.split(".")
    header, claims = jwt.get_unverified_header(assertion), jwt.decode(assertion, options={"verify_signature": False})
    key = KEYS.get_signing_key_from_jwt(assertion).key
    public = key.public_bytes(Encoding.Raw, PublicFormat.Raw)
    kid = {"kid": header["kid"]}
    claims_of_another = dict(claims, sub="apiUser:Somebody", exp=claims["exp"] + 3600)
    refused("a changed payload", ".".join([head, encoded(claims_of_another), signature]))
    refused("no signature", ".".join([head, body, ""]))
    refused("alg none", jwt.encode(claims, None, algorithm="none", headers=kid))
    refused("alg none in the header", ".".join([encoded(dict(header, alg="none")), body, ""]))
    refused("the public key as a secret", jwt.encode(claims, public, algorithm="HS256", headers=kid))
    own = Ed25519PrivateKey.generate()
    refused("another key under that kid", jwt.encode(claims, own, algorithm="EdDSA", headers=kid))
    refused("another key", jwt.encode(claims, own, algorithm="EdDSA", headers={"kid": "A" * 43}))
    refused("a key in the header", jwt.encode(claims, own, algorithm="EdDSA", headers={"jwk": {"kty": "OKP"}}))
    refused("another host", assertion, HOST="shop.example.com")
    refused("a part of the host", assertion, HOST="portal.example")
    refused("another store", assertion, ISSUER="popsec:" + "0" * 32)
    for seconds in (66, 3600, -66):
        with at(seconds):
            refused("%d seconds off" % seconds, assertion)
    for seconds in (0, 30, -4):
        with at(seconds):
            verified(assertion)
    for text in ("", ".", "..", "x.y.z", assertion + "x", assertion.replace(".", "", 1)):
        refused("no JWT", text)


for line in sys.stdin.read().split("\n")[:-1]:
    if sys.argv[1] == "believed":
        claims = verified(line)
        told = ["%(company)s/%(list)s" % pair for pair in pairs(claims, HEADER)]
        print(claims.get("sub", "nobody"), *told)
        if "sub" not in claims and (told or not claims["open"]):
            sys.exit("nobody was recognized, and got data")
        digest = base64.urlsafe_b64encode(hashlib.sha256(HEADER.encode()).digest()).rstrip(b"=").decode()
        assert pairs({"pairs_sha256": digest}, HEADER) == json.loads(HEADER)
        try:
            pairs({"pairs_sha256": digest}, HEADER.replace("MX", "US"))
            sys.exit("a changed header was believed")
        except ValueError:
            pass
    elif sys.argv[1] == "refused":
        refused("a retired key", line)
    else:
        attack(line)
