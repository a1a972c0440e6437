"""Parameters that let whoever has the address in: signed links, session IDs, access tokens.

A false alarm stops a curator for nothing, so a name that sites also use for harmless things counts only where its value
looks as if it had been drawn by lot.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ficli.incident.urls.escapes import normal_escapes
from ficli.incident.urls.parameters import is_gift

if TYPE_CHECKING:
    from collections.abc import Iterable

# Names that mean a secret wherever they stand, without `-` and `_`: of clouds and of OAuth, sessions and passwords.
_SECRET = frozenset(
    """
    accesstoken apikey authtoken awssecretkey clientsecret idtoken jsessionid passwd password phpsessid
    refreshtoken sessiontoken xamzsecuritytoken xamzsignature xgoogsignature xmssignature
    """.split(),
)

# Names that mean a secret together with another: Azure's shared access signatures, the signed links of CloudFront,
# of S3 and Google Cloud Storage in their second version, and of Alibaba.
_SECRET_WITH = {
    "sig": frozenset({"se", "sp", "sv"}),
    "signature": frozenset({"awsaccesskeyid", "expires", "googleaccessid", "keypairid", "ossaccesskeyid", "policy"}),
}

# Names that may mean a secret, and a word just as well. `key` and `sig` are missing: public spreadsheets and Google
# Books have them.
_SECRET_IF_DRAWN = frozenset("auth authkey authorization jwt secret session sessionid sid token usertoken".split())

_DRAWN = re.compile(
    r"(?=[A-Za-z]*[0-9])(?=[0-9]*[A-Za-z])[A-Za-z0-9]{20,}"  # letters and digits, more of them than any word has
    r"|[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
)
_OWN_FORM = re.compile(
    r"eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\."  # a JSON Web Token
    r"|\bgh[oprsu]_[A-Za-z0-9]{30,}|\bgithub_pat_\w{30,}"  # of GitHub
    r"|\bxox[abeprs]-[0-9A-Za-z-]{10,}"  # of Slack
    r"|\bAIza[0-9A-Za-z_-]{35}"  # of Google
    r"|\bsk-[A-Za-z0-9_-]{20,}",  # of OpenAI and others
)


def find_secret(host: str, parameters: Iterable[tuple[str, str]]) -> str:
    """Find the parameter that lets its bearer in, and give its name as written; empty where there is none.

    A code by which a subscriber lends an article is meant to be passed on, and is no secret.
    """
    named = [(written, _bare(written), normal_escapes(value)) for written, value in parameters if value]
    names = {name for _, name, _ in named}
    for written, name, value in named:
        if is_gift(host, written):
            continue
        if name in _SECRET or _SECRET_WITH.get(name, frozenset()) & names or _OWN_FORM.search(value):
            return written
        if name in _SECRET_IF_DRAWN and _DRAWN.search(value):
            return written
    return ""


def _bare(written: str) -> str:
    return normal_escapes(written).lower().replace("-", "").replace("_", "")
