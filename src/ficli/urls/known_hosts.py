"""Well-known hosts by what they are (archive, encyclopedia, agency, social network …): a table and its look-up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from functools import cache, lru_cache

from ficli.urls.parse import ancestors, parse_url
from ficli.urls.sites import plain_host


class HostKind(Enum):
    """The kind of a site; the value is its name in prose."""

    ENCYCLOPEDIA = "an encyclopedia"
    AGGREGATOR = "an aggregator"
    INCIDENT_DATABASE = "an incident database"
    SOCIAL = "a social network"
    SHORTENER = "a link shortener"
    ARCHIVE = "a web archive"
    WIRE = "a wire service"
    COURT = "a site for court documents"
    GOVERNMENT = "a public authority"


HOSTS: Mapping[HostKind, frozenset[str]] = {
    kind: frozenset(entries.split())
    for kind, entries in {
        # Compilations that anybody or an editor writes from other sources, including copies of them.
        HostKind.ENCYCLOPEDIA: """
            baike.baidu.com britannica.com citizendium.org dbpedia.org encyclopedia.com everipedia.org fandom.com
            grokipedia.com infogalactic.com namu.wiki rationalwiki.org scholarpedia.org wikidata.org wikimili.com
            wikipedia.org wikitia.com wikiwand.com
        """,
        # Sites that show what others have written, in whole or in part. A newsroom of one's own keeps a site out.
        HostKind.AGGREGATOR: """
            alltop.com biztoc.com dailyhunt.in feedly.com finance.yahoo.com flipboard.com getpocket.com ground.news
            headtopics.com inkl.com memeorandum.com msn.com news.google.com news.yahoo.com newsbreak.com newsnow.co.uk
            newsnow.com pocket.co pressreader.com smartnews.com tech.yahoo.com techmeme.com toutiao.com
            yahoo.com/entertainment yahoo.com/finance yahoo.com/lifestyle yahoo.com/news yahoo.com/tech
        """,
        # Collections of AI incidents and of court cases about them; with the path, where the site holds more than that.
        HostKind.INCIDENT_DATABASE: """
            aiaaic.org airisk.mit.edu atlas.mitre.org/studies avidml.org damiencharlotin.com/hallucinations
            incidentdatabase.ai oecd.ai/en/incidents
        """,
        # Sites where anybody posts: networks, forums, video platforms.
        HostKind.SOCIAL: """
            4chan.org bilibili.com bsky.app dailymotion.com discord.com facebook.com fb.com instagram.com
            linkedin.com/feed linkedin.com/posts linkedin.com/pulse mastodon.online mastodon.social news.ycombinator.com
            pinterest.com quora.com reddit.com rumble.com snapchat.com t.me telegram.org threads.com threads.net
            tiktok.com truthsocial.com twitch.tv twitter.com vimeo.com vk.com weibo.com x.com youtu.be youtube.com
        """,
        # Hosts that only redirect, so that nobody sees the target; also those of a single newspaper.
        HostKind.SHORTENER: """
            a.co abcn.ws adf.ly aka.ms amzn.to apne.ws bbc.in bit.ly bitly.com bloom.bg buff.ly cbsn.ws cnb.cx cnn.it
            cutt.ly dlvr.it econ.st fb.me flip.it fxn.ws g.co git.io goo.gl hubs.ly ift.tt is.gd j.mp lat.ms lnkd.in
            mol.im n.pr nbcnews.to nyti.ms on.ft.com on.wsj.com ow.ly politi.co rb.gy rebrand.ly redd.it reut.rs
            share.google shorturl.at snip.ly spr.ly t.co t.ly tiny.cc tinyurl.com trib.al v.gd wapo.st wp.me yhoo.it
        """,
        # Services that keep copies of pages and little else; how to read their addresses is in `archives`.
        HostKind.ARCHIVE: """
            archive.fo archive.is archive.li archive.md archive.ph archive.today archive.vn arquivo.pt cc.bingj.com
            conifer.rhizome.org freezepage.com ghostarchive.org megalodon.jp perma.cc swap.stanford.edu
            wayback.archive-it.org wayback.archive.org web.archive.org webarchive.loc.gov
            webarchive.nationalarchives.gov.uk webarchive.org.uk webcache.googleusercontent.com webcitation.org
        """,
        # Agencies and publishers whose articles others print under the same or nearly the same title.
        HostKind.WIRE: """
            accessnewswire.com accesswire.com afp.com ansa.it apnews.com businesswire.com calmatters.org dpa.com efe.com
            einnews.com einpresswire.com globenewswire.com interfax.com interfax.ru kffhealthnews.org kyodonews.net
            newswire.ca newswire.com pa.media prnewswire.com propublica.org prweb.com ptinews.com reuters.com tass.com
            tass.ru thecanadianpress.com theconversation.com upi.com xinhuanet.com yna.co.kr
        """,
        # Courts, and collections that publish what courts have written.
        HostKind.COURT: """
            austlii.edu.au bailii.org bccourts.ca canlii.ca canlii.org caselaw.nationalarchives.gov.uk casemine.com
            cases.justia.com casetext.com civilresolutionbc.ca clearinghouse.net courtlistener.com courts.ca.gov
            courts.ie curia.europa.eu docketalarm.com docketbird.com dockets.justia.com echr.coe.int hklii.hk
            iapps.courts.state.ny.us icc-cpi.int icj-cij.org indiankanoon.org judiciary.uk law.justia.com leagle.com
            nycourts.gov nzlii.org pacermonitor.com rechtspraak.nl saflii.org supremecourt.gov supremecourt.justia.com
            supremecourt.uk uscourts.gov worldlii.org
        """,
        # Domains that only public authorities can have, and the hosts of well-known ones that stand elsewhere.
        HostKind.GOVERNMENT: """
            admin.ch autoriteitpersoonsgegevens.nl bund.de canada.ca cnil.fr coe.int dataprotection.ie europa.eu fed.us
            garanteprivacy.it gc.ca go.jp go.kr gob.ar gob.cl gob.es gob.mx gob.pe gouv.fr gov gov.ar gov.au gov.bd
            gov.br gov.cn gov.co gov.gr gov.hk gov.ie gov.il gov.in gov.it gov.ke gov.my gov.ng gov.nl gov.ph gov.pk
            gov.pl gov.pt gov.ro gov.scot gov.sg gov.si gov.tr gov.tw gov.ua gov.uk gov.wales gov.za govt.nz gv.at
            ico.org.uk mil nhs.uk overheid.nl parliament.uk police.uk priv.gc.ca rijksoverheid.nl un.org
        """,
    }.items()
}


_NONE: frozenset[HostKind] = frozenset()


@lru_cache(maxsize=8192)
def host_kinds(text: str) -> frozenset[HostKind]:
    """Return the known kinds of an address's site; empty if none is known, and if the text is not an address."""
    url = parse_url(text)
    if url is None:
        return _NONE
    listed, path = _by_domain(), f"{url.path}/"
    return frozenset(
        kind
        for domain in ancestors(plain_host(url.host))
        for folder, kind in listed.get(domain, ())
        if path.startswith(folder)
    )


@cache
def _by_domain() -> Mapping[str, Sequence[tuple[str, HostKind]]]:
    """Return, for each domain, the path prefixes, with a slash at the end, and the kind of site of each."""
    found: dict[str, list[tuple[str, HostKind]]] = {}
    for kind, entries in HOSTS.items():
        for entry in entries:
            host, _, folder = entry.partition("/")
            found.setdefault(plain_host(host), []).append((f"/{folder}/" if folder else "/", kind))
    return found
