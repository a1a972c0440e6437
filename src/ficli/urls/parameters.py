"""Tracking parameters of an address, which do not identify the page: a deny list.

A parameter that is not named here is never dropped. An index that dropped whole queries distinguished
articles by their path only, and had to split 47 of its records again, one of them into a hundred.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from ficli.urls.parse import ancestors, normal_escapes

TRACKING_PREFIX = "utm_"

# Names that advertisers, newsletters and analytics own on every site; a site would break if it used one itself.
TRACKING = frozenset(
    """
    __hsfp __hssc __hstc _ga _gl _hsenc _hsmi _openstat amp_gsa amp_js_v cmpid dclid epik fb_action_ids fb_action_types
    fb_ref fb_source fbclid gad_campaignid gad_source gbraid gclid gclsrc guccounter guce_referrer guce_referrer_sig
    hsa_acc hsa_ad hsa_cam hsa_grp hsa_kw hsa_mt hsa_net hsa_src hsa_tgt hsa_ver hsctatracking igsh igshid li_fat_id
    mc_cid mc_eid mkt_tok ml_subscriber ml_subscriber_hash msclkid mtm_campaign mtm_cid mtm_content mtm_group
    mtm_keyword mtm_medium mtm_placement mtm_source oly_anon_id oly_enc_id piwik_campaign piwik_keyword pk_campaign
    pk_kwd pk_medium pk_source rb_clickid s_cid srsltid ttclid twclid vero_conv vero_id wbraid wickedid xtor yclid
    ysclid
    """.split(),
)

# Names that track on one site and may name the page on another: `ref`, `s`, `t`, `si` and their like.
TRACKING_ON: Mapping[str, frozenset[str]] = {
    domain: frozenset(names.split())
    for domain, names in {
        "aljazeera.com": "traffic_source",
        "amazon.co.uk": "pd_rd_i pd_rd_r pd_rd_w pd_rd_wg pf_rd_p pf_rd_r ref ref_ tag",
        "amazon.com": "pd_rd_i pd_rd_r pd_rd_w pd_rd_wg pf_rd_p pf_rd_r ref ref_ tag",
        "aws.amazon.com": "sc_campaign sc_channel sc_content sc_country sc_detail sc_geo sc_medium sc_outcome trk",
        "axios.com": "stream",
        "bbc.co.uk": "at_bbc_team at_campaign at_campaign_type at_custom1 at_custom2 at_custom3 at_custom4 at_format"
        " at_link_id at_link_origin at_link_type at_medium at_ptr_name at_ptr_type ns_campaign ns_fee ns_linkname"
        " ns_mchannel ns_source ocid",
        "bbc.com": "at_bbc_team at_campaign at_campaign_type at_custom1 at_custom2 at_custom3 at_custom4 at_format"
        " at_link_id at_link_origin at_link_type at_medium at_ptr_name at_ptr_type ns_campaign ns_fee ns_linkname"
        " ns_mchannel ns_source ocid",
        "bloomberg.com": "leadsource sref srnd",
        "businessinsider.com": "op r",
        "cbc.ca": "__vfz cmp",
        "economist.com": "fsrc",
        "facebook.com": "__cft__[0] __tn__ __xts__[0] eid fref hc_location hc_ref mibextid paipv rdid ref refsrc",
        "forbes.com": "sh ss",
        "ft.com": "segmentid sharetype",
        "github.com": "ref_cta ref_loc ref_page",
        "linkedin.com": "lipi licu rcm refid trackingid trk trkinfo",
        "medium.com": "source",
        "msn.com": "cvid ei ocid pc",
        "nytimes.com": "action algo campaign_id emc instance_id module nl pgtype referringsource regi_id"
        " segment_id smid smtyp user_id",
        "producthunt.com": "ref",
        "reddit.com": "rdt ref ref_campaign ref_source share_id",
        "reuters.com": "edition-redirect feedname feedtype rpc taid",
        "spotify.com": "si",
        "substack.com": "isfreemail r showwelcomeonshare triedredirect",
        "theguardian.com": "cmp",
        "tiktok.com": "_r _t is_copy_url is_from_webapp sender_device",
        "twitter.com": "cxt ref_src ref_url s t",
        "washingtonpost.com": "itid location tid wpisrc wpmm",
        "wired.com": "cndid esrc mbid",
        "wsj.com": "mod reflink",
        "x.com": "cxt ref_src ref_url s t",
        "yahoo.com": "fr ncid src soc_src soc_trk tsrc",
        "youtu.be": "feature pp si",
        "youtube.com": "ab_channel feature pp si",
    }.items()
}

# Codes by which a subscriber lends an article to a reader. They show the same page, so that a match key has none;
# an address keeps them, since without them there may be nothing to read.
GIFTS_ON: Mapping[str, frozenset[str]] = {
    domain: frozenset(names.split())
    for domain, names in {
        "bloomberg.com": "accesstoken",
        "economist.com": "giftid",
        "ft.com": "accesstoken",
        "nytimes.com": "unlocked_article_code",
        "theatlantic.com": "gift",
        "washingtonpost.com": "pwapi_token",
        "wsj.com": "st",
    }.items()
}


def is_tracking(host: str, written: str) -> bool:
    """Return whether a parameter of an address is for tracking."""
    name = _as_listed(written)
    return name in TRACKING or name.startswith(TRACKING_PREFIX) or name in _tracking_on(host)


def is_gift(host: str, written: str) -> bool:
    """Return whether a parameter gives a reader access to a paid article."""
    return _as_listed(written) in _gifts_on(host)


def _as_listed(written: str) -> str:
    """Write the name of a parameter as the tables do: in lower case, without escapes."""
    name = normal_escapes(written) if "%" in written else written
    return name.lower().replace("%5b", "[").replace("%5d", "]")


@lru_cache(maxsize=4096)
def _tracking_on(host: str) -> frozenset[str]:
    return _of_host(TRACKING_ON, host)


@lru_cache(maxsize=4096)
def _gifts_on(host: str) -> frozenset[str]:
    return _of_host(GIFTS_ON, host)


def _of_host(table: Mapping[str, frozenset[str]], host: str) -> frozenset[str]:
    return frozenset[str]().union(*(table.get(domain, ()) for domain in ancestors(host)))
