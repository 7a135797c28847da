//! `db update`: an honest bucket gives what changed and no more; a hostile or broken one changes nothing.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use testkit::bucket::Bucket;
use testkit::registry::{Answer, Request, Server};

use crate::command::{Folder, NOW, Run, check_report, portcullis_in, portcullis_with};

fn record(id: &str, day: u32, fixed: &str) -> Value {
    json!({
        "id": id, "modified": format!("2026-08-{day:02}T00:00:00Z"), "details": "x".repeat(400),
        "affected": [{"package": {"ecosystem": "npm", "name": "left"}, "ranges": [{"type": "SEMVER",
            "events": [{"introduced": "0"}, {"fixed": fixed}]}]}]
    })
}

fn bucket() -> Arc<Bucket> {
    let records: Vec<Value> = (1..=60).map(|at| record(&format!("x_OWN-{at}"), 10 + at % 10, "2.0.0")).collect();
    Arc::new(Bucket::with("npm", &records))
}

/// A server that answers honestly but where `lie` says otherwise.
fn serve(bucket: &Arc<Bucket>, lie: impl Fn(&Request) -> Option<Answer> + Send + Sync + 'static) -> Server {
    let bucket = Arc::clone(bucket);
    Server::start(move |request| lie(request).unwrap_or_else(|| bucket.answer(request)))
}

fn update(folder: &Folder, server: &Server, more: &[&str]) -> Run {
    let (host, from) = (server.host(), format!("http://{}", server.host()));
    let common = ["db", "update", "--from", &from, "--plain-http", &host, "--db", "a.snapshot", "--now", NOW];
    let quick = ["--idle-timeout", "1", "--retries", "1"];
    let run = portcullis_in(folder.path(), &[&common, &quick[..], &["--ecosystem", "npm"], more].concat(), b"");
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    assert!(!run.stderr.contains('\r'), "progress is for terminals: {}", run.stderr);
    run
}

#[track_caller]
fn updated(folder: &Folder, server: &Server, said: &str) {
    let run = update(folder, server, &[]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains(said), "`{said}` is not in {}", run.stdout);
}

/// Paths that were asked for since.
fn asked(server: &Server, since: usize) -> Vec<String> {
    server.asked().into_iter().skip(since).map(|request| request.path).collect()
}

fn ids(folder: &Folder, version: &str) -> usize {
    let question = format!("{{\"ecosystem\":\"npm\",\"name\":\"left\",\"version\":\"{version}\"}}");
    let run = portcullis_in(folder.path(), &["db", "query", "--db", "a.snapshot"], question.as_bytes());
    assert_eq!(run.code, 0, "{}", run.stderr);
    serde_json::from_str::<Value>(&run.stdout).unwrap()["ids"].as_array().unwrap().len()
}

#[test]
fn fetches_all_then_what_changed_then_nothing() {
    let (bucket, folder) = (bucket(), Folder::new());
    let server = serve(&bucket, |_| None);
    updated(&folder, &server, "npm: 60 records");
    assert_eq!(asked(&server, 0), ["/npm/modified_id.csv", "/npm/all.zip"]);
    assert_eq!((ids(&folder, "1.0.0"), ids(&folder, "2.0.0")), (60, 0));
    let before = std::fs::read(folder.path().join("a.snapshot")).unwrap();

    updated(&folder, &server, "npm: nothing changed");
    assert_eq!(asked(&server, 2), ["/npm/modified_id.csv"]);
    assert!(server.asked()[2].headers.contains_key("if-none-match"));
    assert_eq!(std::fs::read(folder.path().join("a.snapshot")).unwrap(), before);

    bucket.put("npm", &record("x_OWN-1", 21, "3.0.0"));
    bucket.put("npm", &record("x_OWN-99", 22, "3.0.0"));
    bucket.remove("npm", "x_OWN-2");
    updated(&folder, &server, "npm: 2 changed, 1 gone");
    let mut since = asked(&server, 3);
    since.sort();
    assert_eq!(since, ["/npm/modified_id.csv", "/npm/x_OWN-1.json", "/npm/x_OWN-99.json"]);
    assert_eq!((ids(&folder, "1.0.0"), ids(&folder, "2.5.0")), (60, 2));

    // What one by one led to is what a copy made afresh would be.
    let step_by_step = std::fs::read(folder.path().join("a.snapshot")).unwrap();
    let run = update(&folder, &server, &["--full"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(asked(&server, 6).contains(&"/npm/all.zip".to_owned()));
    assert_eq!(std::fs::read(folder.path().join("a.snapshot")).unwrap(), step_by_step);
}

#[test]
fn a_report_says_from_where_the_data_is() {
    let (bucket, folder) = (bucket(), Folder::new());
    let server = serve(&bucket, |_| None);
    updated(&folder, &server, "a.snapshot");
    let scan = ["scan", "purl:pkg:npm/left@1.0.0", "--db", "a.snapshot", "--now", NOW, "-f", "json"];
    let run = portcullis_in(folder.path(), &scan, b"");
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    check_report(&report);
    let origin = &report["data"]["advisories"]["origin"];
    assert_eq!(
        (origin["kind"].as_str(), origin["from"].as_str()),
        (Some("update"), Some(format!("http://{}/", server.host()).as_str()))
    );
    assert_eq!(report["data"]["advisories"]["sources"][0]["name"], "OSV npm");
}

#[test]
fn an_archive_is_taken_up_where_it_ended() {
    let (bucket, folder) = (bucket(), Folder::new());
    let honest = Arc::clone(&bucket);
    let server = serve(&bucket, move |request| {
        let is_first = request.path == "/npm/all.zip" && !request.headers.contains_key("range");
        is_first.then(|| honest.answer(request).cut(3000))
    });
    updated(&folder, &server, "npm: 60 records");
    let range = server
        .asked()
        .into_iter()
        .find_map(|request| Some((request.headers.get("range")?.clone(), request.headers.contains_key("if-range"))));
    assert_eq!(range, Some(("bytes=3000-".to_owned(), true)));
}

#[test]
fn the_next_run_takes_up_what_the_last_one_left() {
    let (bucket, folder) = (bucket(), Folder::new());
    let honest = Arc::clone(&bucket);
    let broken = serve(&bucket, move |request| {
        (request.path == "/npm/all.zip").then(|| match request.headers.get("range") {
            None => honest.answer(request).cut(3000),
            Some(_) => Answer::new(503, ""),
        })
    });
    assert_eq!(update(&folder, &broken, &[]).code, 5, "there is no snapshot yet");
    let server = serve(&bucket, |_| None);
    updated(&folder, &server, "npm: 60 records");
    let ranges: Vec<String> =
        server.asked().into_iter().filter_map(|request| request.headers.get("range").cloned()).collect();
    assert_eq!(ranges, ["bytes=3000-"]);
}

#[test]
fn what_changed_meanwhile_is_not_mixed() {
    let (bucket, folder) = (bucket(), Folder::new());
    let honest = Arc::clone(&bucket);
    let broken = serve(&bucket, move |request| {
        (request.path == "/npm/all.zip").then(|| match request.headers.get("range") {
            None => honest.answer(request).cut(3000),
            Some(_) => Answer::new(503, ""),
        })
    });
    assert_eq!(update(&folder, &broken, &[]).code, 5);
    bucket.put("npm", &record("x_OWN-1", 21, "3.0.0"));
    updated(&folder, &serve(&bucket, |_| None), "npm: 60 records");
    assert_eq!((ids(&folder, "1.0.0"), ids(&folder, "2.5.0")), (60, 1));
}

/// With a good snapshot in place, a server that lies changes nothing, and says how old what stays is.
#[track_caller]
fn refused(
    bucket: &Arc<Bucket>,
    more: &[&str],
    said: &str,
    lie: impl Fn(&Request) -> Option<Answer> + Send + Sync + 'static,
) {
    let folder = Folder::new();
    updated(&folder, &serve(bucket, |_| None), "a.snapshot");
    let before = std::fs::read(folder.path().join("a.snapshot")).unwrap();
    bucket.put("npm", &record("x_OWN-1", 23, "9.0.0"));
    let server = serve(bucket, lie);
    // Another address, so everything is fetched again.
    let run = update(&folder, &server, more);
    assert_eq!(run.code, 4, "{}{}", run.stdout, run.stderr);
    assert!(run.stderr.contains(said), "`{said}` is not in {}", run.stderr);
    assert!(run.stderr.contains("a.snapshot stays as it is: ") && run.stderr.contains(" days old"), "{}", run.stderr);
    assert_eq!(std::fs::read(folder.path().join("a.snapshot")).unwrap(), before);
    assert!(!folder.path().join("a.snapshot.origin.json.new").exists());
}

fn is_archive(request: &Request) -> bool {
    request.path == "/npm/all.zip"
}

#[test]
fn an_archive_that_is_cut_is_refused() {
    let bucket = bucket();
    let whole = bucket.file("/npm/all.zip").unwrap();
    let half = whole[..whole.len() / 2].to_vec();
    refused(&bucket, &[], "is no whole archive", move |request| {
        is_archive(request).then(|| Answer::new(200, half.clone()))
    });
}

#[test]
fn an_archive_that_is_damaged_is_refused() {
    let bucket = bucket();
    let mut bytes = bucket.file("/npm/all.zip").unwrap();
    bytes[200] ^= 0x55;
    refused(&bucket, &[], "npm all.zip", move |request| is_archive(request).then(|| Answer::new(200, bytes.clone())));
}

#[test]
fn a_length_that_is_a_lie_is_refused() {
    let bucket = self::bucket();
    let honest = Arc::clone(&bucket);
    refused(&bucket, &[], "npm all.zip", move |request| {
        let longer = || honest.file("/npm/all.zip").unwrap().len() + 100;
        is_archive(request).then(|| honest.answer(request).header("Content-Length", &longer().to_string()))
    });
    let bucket = self::bucket();
    refused(&bucket, &[], "limit", |request| {
        is_archive(request).then(|| Answer::new(200, "x").header("Content-Length", "99999999999999"))
    });
    let bucket = self::bucket();
    let honest = Arc::clone(&bucket);
    refused(&bucket, &[], "another part of the file", move |request| {
        is_archive(request).then(|| match request.headers.get("range") {
            None => honest.answer(&Request { headers: Default::default(), ..request.clone() }).cut(3000),
            Some(_) => Answer::new(206, "x").header("Content-Range", "bytes 0-0/9999"),
        })
    });
}

#[test]
fn redirects_lead_to_no_private_place() {
    let bucket = bucket();
    let inner = serve(&bucket, |_| None);
    let to = format!("http://{}/npm/all.zip", inner.host());
    let host = inner.host();
    refused(&bucket, &["--plain-http", &host], "private or link-local", {
        let to = to.clone();
        move |request| is_archive(request).then(|| Answer::redirect(&to))
    });
    assert!(inner.asked().is_empty());
    // The user may say that it is right.
    let folder = Folder::new();
    let server = serve(&bucket, move |request| is_archive(request).then(|| Answer::redirect(&to)));
    let run = update(&folder, &server, &["--plain-http", &host, "--trust", &host]);
    assert_eq!(run.code, 0, "{}", run.stderr);
}

#[test]
fn whoever_limits_is_waited_for_but_not_for_ever() {
    let bucket = bucket();
    let folder = Folder::new();
    let server =
        serve(&bucket, |request| (request.number == 0).then(|| Answer::new(429, "").header("Retry-After", "0")));
    updated(&folder, &server, "npm: 60 records");
    refused(&bucket, &[], "limits how often it may be asked", |_| {
        Some(Answer::new(429, "").header("Retry-After", "3600"))
    });
}

#[test]
fn whoever_stalls_is_left() {
    let bucket = bucket();
    let begun = Instant::now();
    let honest = Arc::clone(&bucket);
    refused(&bucket, &[], "gave", move |request| {
        is_archive(request).then(|| honest.answer(request).drip(10, Duration::from_secs(3)))
    });
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}

#[test]
fn lists_and_records_are_held_against_each_other() {
    refused(&bucket(), &[], "lists no record", |request| request.path.ends_with(".csv").then(|| Answer::new(200, "")));
    refused(&bucket(), &[], "line 1", |request| {
        request.path.ends_with(".csv").then(|| Answer::new(200, "<html>Log in to this network</html>"))
    });
    let other = Bucket::with("npm", &[record("x_OTHER-1", 11, "2.0.0")]).file("/npm/all.zip").unwrap();
    let records: Vec<Value> = (1..=300).map(|at| record(&format!("x_MANY-{at}"), 11, "2.0.0")).collect();
    refused(&Arc::new(Bucket::with("npm", &records)), &[], "301 of 301 records that are listed", {
        move |request| is_archive(request).then(|| Answer::new(200, other.clone()))
    });
}

#[test]
fn single_records_are_held_against_the_list() {
    for (answer, said) in [
        (record("x_OTHER-1", 23, "2.0.0"), "it holds the record x_OTHER-1"),
        (record("x_OWN-1", 1, "2.0.0"), "it is older than the list of changes says"),
        (json!({"title": "not found"}), "is no record"),
    ] {
        let (bucket, folder) = (bucket(), Folder::new());
        let honest = serve(&bucket, |_| None);
        updated(&folder, &honest, "npm: 60 records");
        bucket.put("npm", &record("x_OWN-1", 23, "9.0.0"));
        let bytes = answer.to_string();
        // The same address: the one server turns hostile.
        let state = folder.path().join("a.snapshot.records/npm.json");
        let hostile = serve(&bucket, move |request| {
            request.path.ends_with("x_OWN-1.json").then(|| Answer::new(200, bytes.clone()))
        });
        let text = std::fs::read_to_string(&state).unwrap().replace(&honest.host(), &hostile.host());
        std::fs::write(&state, text).unwrap();
        let run = update(&folder, &hostile, &[]);
        assert_eq!(run.code, 4, "{}", run.stderr);
        assert!(run.stderr.contains(said), "{}", run.stderr);
        assert_eq!(ids(&folder, "1.0.0"), 60);
    }
}

#[test]
fn a_list_that_was_cut_takes_nothing_away() {
    let (bucket, folder) = (bucket(), Folder::new());
    let honest = serve(&bucket, |_| None);
    updated(&folder, &honest, "npm: 60 records");
    let list = String::from_utf8(bucket.file("/npm/modified_id.csv").unwrap()).unwrap();
    let head: String = list.lines().take(20).map(|line| format!("{line}\n")).collect();
    let hostile = serve(&bucket, move |request| request.path.ends_with(".csv").then(|| Answer::new(200, head.clone())));
    let state = folder.path().join("a.snapshot.records/npm.json");
    let text = std::fs::read_to_string(&state).unwrap().replace(&honest.host(), &hostile.host());
    std::fs::write(&state, text).unwrap();
    let run = update(&folder, &hostile, &[]);
    assert_eq!(run.code, 4, "{}", run.stderr);
    assert!(run.stderr.contains("40 of 60 records went away"), "{}", run.stderr);
    assert_eq!(ids(&folder, "1.0.0"), 60);
    let run = update(&folder, &hostile, &["--allow-shrink"]);
    assert_eq!((run.code, ids(&folder, "1.0.0")), (0, 20), "{}", run.stderr);
}

#[test]
fn what_is_too_old_is_said_to_be() {
    let (bucket, folder) = (bucket(), Folder::new());
    updated(&folder, &serve(&bucket, |_| None), "a.snapshot");
    let broken = serve(&bucket, |_| Some(Answer::new(503, "")));
    let run = update(&folder, &broken, &["--max-data-age", "3"]);
    assert_eq!(run.code, 5, "{}", run.stderr);
    assert!(run.stderr.contains("6 days old") && run.stderr.contains("allowed are 3"), "{}", run.stderr);
}

#[test]
fn several_ecosystems_and_files_of_this_machine() {
    let (bucket, folder) = (bucket(), Folder::new());
    let mut rocky = record("x_ROCKY-1", 12, "1");
    rocky["affected"][0]["package"]["ecosystem"] = json!("Rocky Linux:9");
    bucket.put("Rocky Linux", &rocky);
    folder.write("own.jsonl", record("x_COMPANY-1", 12, "9.9.9").to_string());
    let server = serve(&bucket, |_| None);
    let run = update(&folder, &server, &["--ecosystem", "Rocky Linux", "--with", "own.jsonl"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!((ids(&folder, "1.0.0"), ids(&folder, "9.0.0")), (61, 1));
    // If one of them fails, all stay as they are: half of it would look fresh and be old.
    bucket.put("npm", &record("x_OWN-1", 23, "9.9.9"));
    let broken = serve(&bucket, |request| request.path.starts_with("/Rocky").then(|| Answer::new(500, "")));
    let run = update(&folder, &broken, &["--ecosystem", "Rocky Linux"]);
    assert_eq!((run.code, ids(&folder, "9.0.0")), (4, 1), "{}", run.stderr);
}

#[test]
fn a_proxy_of_the_environment_is_asked() {
    let (bucket, folder) = (bucket(), Folder::new());
    let proxy = serve(&Arc::new(Bucket::default()), {
        let bucket = Arc::clone(&bucket);
        move |request| {
            let path = request.path.strip_prefix("http://osv.example").expect("a proxy is asked for whole addresses");
            Some(bucket.answer(&Request { path: path.to_owned(), ..request.clone() }))
        }
    });
    let address = format!("http://{}", proxy.host());
    let arguments =
        ["db", "update", "--from", "http://osv.example", "--plain-http", "osv.example", "--db", "a.snapshot"];
    let run = portcullis_with(
        folder.path(),
        &[&arguments[..], &["--ecosystem", "npm"]].concat(),
        &[("http_proxy", &address)],
    );
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(ids(&folder, "1.0.0"), 60);
}

#[test]
fn a_wrong_command_line_asks_nobody() {
    let (bucket, folder) = (bucket(), Folder::new());
    let server = serve(&bucket, |_| None);
    let from = format!("http://{}", server.host());
    let common = ["db", "update", "--db", "a.snapshot"];
    for (arguments, said) in [
        (&["--from", &from][..], "--ecosystem"),
        (&["--ecosystem", "npm"], "--from"),
        (&["--from", &from, "--ecosystem", "Klingon"], "Klingon"),
        (&["--from", "osv.example", "--ecosystem", "npm"], "no http or https address"),
        (&["--from", "https://me:word@osv.example", "--ecosystem", "npm"], "credentials"),
        (&["--from", &from, "--ecosystem", "npm", "--with", "nothing.json"], "nothing.json"),
    ] {
        let run = portcullis_in(folder.path(), &[&common[..], arguments].concat(), b"");
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.contains(said), "{}", run.stderr);
    }
    // Without TLS only where it is allowed.
    let run = portcullis_in(folder.path(), &[&common[..], &["--from", &from, "--ecosystem", "npm"]].concat(), b"");
    assert!(run.code == 5 && run.stderr.contains("--plain-http"), "{}", run.stderr);
    assert!(server.asked().is_empty());
}
