//! Records in the layout in which OSV publishes them, for a [`crate::registry::Server`] to give.

use std::collections::BTreeMap;
use std::sync::Mutex;

use serde_json::Value;

use crate::digest;
use crate::registry::{Answer, Request};
use crate::zip;

/// Records by ecosystem and id.
#[derive(Default)]
pub struct Bucket {
    records: Mutex<BTreeMap<String, BTreeMap<String, String>>>,
}

impl Bucket {
    /// A bucket with these records of one ecosystem.
    pub fn with(ecosystem: &str, records: &[Value]) -> Bucket {
        let bucket = Bucket::default();
        records.iter().for_each(|record| bucket.put(ecosystem, record));
        bucket
    }

    /// Adds a record, or replaces it.
    pub fn put(&self, ecosystem: &str, record: &Value) {
        let id = record["id"].as_str().expect("an id").to_owned();
        let text = serde_json::to_string_pretty(record).expect("JSON");
        self.lock().entry(ecosystem.to_owned()).or_default().insert(id, text);
    }

    /// Takes a record out.
    pub fn remove(&self, ecosystem: &str, id: &str) {
        self.lock().get_mut(ecosystem).expect("the ecosystem is there").remove(id);
    }

    /// The file at a path, `/npm/all.zip`.
    pub fn file(&self, path: &str) -> Option<Vec<u8>> {
        let path = path.replace("%20", " ");
        let (ecosystem, name) = path.trim_start_matches('/').split_once('/')?;
        let all = self.lock();
        let records = all.get(ecosystem)?;
        match name {
            "all.zip" => {
                let files = records.iter().map(|(id, text)| (format!("{id}.json"), text.clone().into_bytes()));
                Some(zip::write(&files.collect()))
            }
            "modified_id.csv" => {
                let mut lines: Vec<String> =
                    records.iter().map(|(id, text)| format!("{},{id}\n", modified(text))).collect();
                lines.sort();
                lines.reverse();
                Some(lines.concat().into_bytes())
            }
            name => records.get(name.strip_suffix(".json")?).map(|text| text.clone().into_bytes()),
        }
    }

    /// The honest answer: whole or a part, or that it is still the same.
    pub fn answer(&self, request: &Request) -> Answer {
        let Some(body) = self.file(request.path.split('?').next().unwrap_or_default()) else {
            return Answer::new(404, "");
        };
        let mark = format!("\"{}\"", digest::sha256(&body));
        if request.headers.get("if-none-match") == Some(&mark) {
            return Answer::new(304, "").header("ETag", &mark);
        }
        let is_same = request.headers.get("if-range").is_none_or(|asked| *asked == mark);
        let range = request.headers.get("range").filter(|_| is_same);
        let from =
            range.and_then(|range| range.trim_start_matches("bytes=").trim_end_matches('-').parse::<usize>().ok());
        let answer = match from {
            Some(from) if from >= body.len() => Answer::new(416, ""),
            Some(from) => {
                let range = format!("bytes {from}-{}/{}", body.len() - 1, body.len());
                Answer::new(206, &body[from..]).header("Content-Range", &range)
            }
            None => Answer::new(200, body),
        };
        answer.header("ETag", &mark)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, BTreeMap<String, String>>> {
        self.records.lock().expect("no holder panics")
    }
}

fn modified(text: &str) -> String {
    let record: Value = serde_json::from_str(text).expect("JSON");
    record["modified"].as_str().expect("a date").to_owned()
}
