//! One request: where it may go, with what it goes there, and what its answer means.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use model::Cancel;
use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderValue, IF_NONE_MATCH, IF_RANGE, RANGE};
use reqwest::redirect::Policy;
use reqwest::{Client, NoProxy, Proxy, Response, Url};

use crate::address::is_public;
use crate::fault::Fault;
use crate::host::Origin;
use crate::reach::{Reach, Words};
use crate::resolver::{Private, PublicOnly};
use crate::secret::Secret;
use crate::stream::header;
use crate::tls;
use crate::watch::{Wait, watch};

/// Redirects followed for one request.
const MOST_REDIRECTS: usize = 5;

/// Makes requests on behalf of one origin. The two clients share nothing, no connection either.
pub struct Http {
    /// For the hosts the user named.
    named: Client,
    /// For all others: it connects to public addresses only.
    stranger: Client,
    /// The origin.
    pub home: Origin,
    /// How the network may be used.
    pub reach: Reach,
    /// Stops the work.
    pub cancel: Cancel,
}

/// What is asked for.
#[derive(Clone, Default)]
pub struct Ask<'a> {
    /// Media types.
    pub accept: Option<&'a str>,
    /// The first byte that is wanted.
    pub from: u64,
    /// Only if the part belongs to the state with this mark; else all of it.
    pub if_range: Option<&'a str>,
    /// Only if it is no longer the state with this mark.
    pub if_none_match: Option<&'a str>,
    /// Shown to the origin of the first address, and to no other.
    pub authorization: Option<&'a Secret>,
    /// A form to post instead of a plain request.
    pub form: Option<String>,
    /// What is given instead of asked for. Where it goes is never changed by a redirect.
    pub upload: Option<Upload>,
}

/// What is given to a server.
#[derive(Clone)]
pub struct Upload {
    /// Begins something new, or puts it in its place.
    pub method: UploadMethod,
    /// The media type of the bytes.
    pub media_type: String,
    /// All of them.
    pub bytes: Vec<u8>,
}

/// How something is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UploadMethod {
    /// `POST`.
    Post,
    /// `PUT`.
    Put,
}

impl Http {
    /// Sets up both clients; nothing is sent.
    pub fn new(home: Origin, reach: &Reach, cancel: &Cancel) -> Result<Http, Fault> {
        let tls = tls::config(reach)?;
        let builder = || {
            let builder = Client::builder()
                .tls_backend_preconfigured(tls.clone())
                .redirect(Policy::none())
                .http1_only()
                .no_proxy()
                .referer(false)
                .user_agent(concat!("portcullis/", env!("CARGO_PKG_VERSION")))
                .connect_timeout(reach.timeouts.connect);
            proxies(reach)?.into_iter().try_fold(builder, |builder, proxy| Ok::<_, Fault>(builder.proxy(proxy)))
        };
        let fault = |_| Fault::Refused("the network cannot be used: the client could not be built".to_owned());
        let resolver = Arc::new(PublicOnly { proxies: proxy_hosts(reach), words: reach.words });
        Ok(Http {
            named: builder()?.build().map_err(fault)?,
            stranger: builder()?.dns_resolver(resolver).build().map_err(fault)?,
            home,
            reach: reach.clone(),
            cancel: cancel.clone(),
        })
    }

    /// Sends a request and follows where it is sent. The status of the answer is not looked at.
    pub async fn send(&self, url: Url, ask: &Ask<'_>) -> Result<Response, Fault> {
        let first = origin(&url)?;
        let mut url = url;
        for _ in 0..=MOST_REDIRECTS {
            let at = origin(&url)?;
            let client = self.permitted(&url, &at)?;
            let mut request = match (&ask.form, &ask.upload) {
                (Some(form), _) => client
                    .post(url.clone())
                    .header("content-type", "application/x-www-form-urlencoded")
                    .body(form.clone()),
                (None, Some(Upload { method, media_type, bytes })) => match method {
                    UploadMethod::Post => client.post(url.clone()),
                    UploadMethod::Put => client.put(url.clone()),
                }
                .header("content-type", media_type)
                .body(bytes.clone()),
                (None, None) => client.get(url.clone()),
            };
            if let Some(accept) = ask.accept {
                request = request.header(ACCEPT, accept);
            }
            if ask.from > 0 {
                request = request.header(RANGE, format!("bytes={}-", ask.from));
            }
            if let Some(mark) = ask.if_range.filter(|_| ask.from > 0) {
                request = request.header(IF_RANGE, mark);
            }
            if let Some(mark) = ask.if_none_match {
                request = request.header(IF_NONE_MATCH, mark);
            }
            if let Some(shown) = ask.authorization.filter(|_| at == first) {
                request = request.header(AUTHORIZATION, sensitive(shown)?);
            }
            let host = at.to_string();
            let limit = self.reach.timeouts.connect + self.reach.timeouts.first_byte;
            let wait = Wait { host: &host, what: "gave no answer", limit };
            let response =
                watch(&self.cancel, wait, request.send()).await?.map_err(|error| self.transport(&host, error))?;
            if !response.status().is_redirection() || response.status() == 304 {
                return Ok(response);
            }
            let target = header(&response, "location").and_then(|location| url.join(location).ok());
            url = target.ok_or_else(|| Fault::Lie(format!("{at} redirects to nowhere")))?;
            if ask.form.is_some() {
                return Err(Fault::Refused(format!("{at} redirects a request that holds credentials")));
            }
            if ask.upload.is_some() {
                return Err(Fault::Refused(format!("{at} redirects what is given to it, which is not followed")));
            }
            if at.tls && url.scheme() != "https" {
                return Err(Fault::Refused(format!("{at} redirects from TLS to plain text, which is not followed")));
            }
        }
        Err(Fault::Lie(format!("{first} redirects more than {MOST_REDIRECTS} times")))
    }

    /// Whether the user named this very host.
    pub fn is_named(&self, at: &Origin) -> bool {
        *at == self.home || self.reach.trusted.iter().any(|host| host.is(at))
    }

    /// What a failed exchange says; where a name led to a private address, that it did.
    fn transport(&self, host: &str, error: reqwest::Error) -> Fault {
        let Words { server, .. } = self.reach.words;
        let refused = private(&error).map(ToString::to_string);
        match refused {
            Some(why) => Fault::Refused(format!("{server} leads to {host}: {why}")),
            None => told_plain(transport(host, error)),
        }
    }

    fn permitted(&self, url: &Url, at: &Origin) -> Result<&Client, Fault> {
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Fault::Refused(format!("an address at {at} holds credentials, which is not followed")));
        }
        if !at.tls && !self.reach.plain_http.iter().any(|host| host.is(at)) {
            return Err(Fault::Refused(format!("{at} is to be read without TLS; --plain-http {at} allows it")));
        }
        if self.is_named(at) {
            return Ok(&self.named);
        }
        let literal = at.name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        if literal.is_ok_and(|address| !is_public(address)) {
            let what = format!(
                "{} leads to {at}, a private or link-local address; only you may name one ({} {at})",
                self.reach.words.server, self.reach.words.trust
            );
            return Err(Fault::Refused(what));
        }
        Ok(&self.stranger)
    }
}

fn origin(url: &Url) -> Result<Origin, Fault> {
    Origin::of(url).ok_or_else(|| Fault::Refused("an address is neither http nor https".to_owned()))
}

fn sensitive(shown: &Secret) -> Result<HeaderValue, Fault> {
    let value = HeaderValue::from_str(shown.expose());
    let mut value = value.map_err(|_| Fault::Refused("the credentials hold characters no header takes".to_owned()))?;
    value.set_sensitive(true);
    Ok(value)
}

fn proxies(reach: &Reach) -> Result<Vec<Proxy>, Fault> {
    let fault = |_| Fault::Refused("the address of the proxy is not valid".to_owned());
    let except = || reach.proxies.except.as_deref().and_then(NoProxy::from_string);
    let mut proxies = Vec::new();
    if let Some(address) = &reach.proxies.http {
        proxies.push(Proxy::http(address.expose()).map_err(fault)?.no_proxy(except()));
    }
    if let Some(address) = &reach.proxies.https {
        proxies.push(Proxy::https(address.expose()).map_err(fault)?.no_proxy(except()));
    }
    Ok(proxies)
}

fn proxy_hosts(reach: &Reach) -> Vec<String> {
    let addresses = [&reach.proxies.http, &reach.proxies.https].into_iter().flatten();
    let hosts = addresses.filter_map(|address| Url::parse(address.expose()).ok()?.host_str().map(str::to_owned));
    hosts.collect()
}

fn private(error: &reqwest::Error) -> Option<&Private> {
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        if let Some(private) = cause.downcast_ref::<Private>() {
            return Some(private);
        }
        source = cause.source();
    }
    None
}

/// What a failed exchange says, down to its root, without the address: that may hold a signature.
pub fn transport(host: &str, error: reqwest::Error) -> Fault {
    let error = error.without_url();
    let mut reason = error.to_string();
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        let text = cause.to_string();
        if !reason.contains(&text) {
            reason = format!("{reason}: {text}");
        }
        source = cause.source();
    }
    let reason: String = reason.chars().filter(|c| !c.is_control()).take(300).collect();
    Fault::Transport { host: host.to_owned(), reason }
}

/// A server that answers a greeting of TLS with something else speaks plain HTTP, as those on the machine itself often do. To ask
/// it again helps nobody.
fn told_plain(fault: Fault) -> Fault {
    match fault {
        Fault::Transport { host, reason } if reason.contains("InvalidContentType") => {
            Fault::Refused(format!("{host} answers without TLS; --plain-http {host} reads it so"))
        }
        fault => fault,
    }
}

/// What to do about an answer that is none, each with a separator before it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hints {
    /// Access is refused.
    pub denied: &'static str,
    /// Asked too often.
    pub limited: &'static str,
}

/// An answer that is not what was asked for.
pub fn refusal(response: &Response, host: &str, what: &str, Hints { denied, limited }: Hints) -> Option<Fault> {
    let status = response.status().as_u16();
    let host = host.to_owned();
    match status {
        200 | 206 => None,
        404 => Some(Fault::Missing(format!("{host}: {what}"))),
        401 | 403 => Some(Fault::Denied { host, status, hint: denied }),
        429 => {
            let after = header(response, "retry-after").and_then(|text| text.trim().parse().ok());
            Some(Fault::RateLimited { host, after: after.map(Duration::from_secs), hint: limited })
        }
        _ => Some(Fault::Status { host, status }),
    }
}
