//! What a reference implementation answered, kept in a file, so that a machine without it can hold an ordering against it.
//!
//! The file holds one sign for each pair (`<`, `=`, `>`, or `!` where a version is refused), the digest of the pairs, and
//! every pair that the ordering answers otherwise, each with the name of a judgement that the README beside the file explains.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// Differences nobody has judged yet; the test refuses them.
pub const UNJUDGED: &str = "unjudged";
/// Signs in a line of the file.
const WIDTH: usize = 120;

/// What was answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The implementation and its version.
    pub judge: String,
    /// SHA-256 of the pairs, one a line with a tab between.
    pub digest: String,
    /// A sign for each pair.
    pub answers: String,
    /// Pairs that the ordering answers otherwise, as `LEFT<TAB>RIGHT<TAB>JUDGE<TAB>OURS`, with the judgement.
    pub differences: BTreeMap<String, String>,
    /// How both compare.
    pub counts: Counts,
}

/// How two lists of answers compare.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Both order the pair, and alike.
    pub agreed: usize,
    /// Both order the pair, and not alike.
    pub differed: usize,
    /// The reference orders a pair that is undecided here.
    pub undecided: usize,
    /// The reference refuses a pair that is ordered here.
    pub lenient: usize,
    /// Neither orders the pair.
    pub neither: usize,
}

impl Record {
    /// Holds answers against each other. `judged` gives the judgement of a difference.
    pub fn new(
        judge: &str,
        pairs: &[(String, String)],
        answers: &str,
        ours: impl Fn(&str, &str) -> char,
        judged: impl Fn(&str, &str, &str) -> String,
    ) -> Record {
        let mut record =
            Record { judge: judge.to_owned(), digest: digest(pairs), answers: answers.to_owned(), ..Record::default() };
        for ((left, right), theirs) in pairs.iter().zip(answers.chars()) {
            let own = ours(left, right);
            let counts = &mut record.counts;
            *match (theirs, own) {
                ('!', '!') => &mut counts.neither,
                ('!', _) => &mut counts.lenient,
                (_, '!') => &mut counts.undecided,
                (theirs, own) if theirs == own => &mut counts.agreed,
                _ => &mut counts.differed,
            } += 1;
            if theirs != '!' && own != '!' && theirs != own {
                let line = format!("{left}\t{right}\t{theirs}\t{own}");
                let judgement = judged(left, right, &line);
                record.differences.insert(line, judgement);
            }
        }
        record
    }

    /// As the file has it.
    pub fn text(&self) -> String {
        let Counts { agreed, differed, undecided, lenient, neither } = self.counts;
        let mut text = format!("judge: {}\npairs: {}\ndigest: {}\n", self.judge, self.answers.len(), self.digest);
        let _ = writeln!(
            text,
            "counts: {agreed} agreed, {differed} differed, {undecided} undecided, {lenient} lenient, {neither} neither"
        );
        for (line, judgement) in &self.differences {
            let _ = writeln!(text, "difference: {judgement}\t{line}");
        }
        text.push_str("answers:\n");
        for at in (0..self.answers.len()).step_by(WIDTH) {
            let _ = writeln!(text, "{}", &self.answers[at..self.answers.len().min(at + WIDTH)]);
        }
        text
    }

    /// Reads a file; `None` for one that this program did not write.
    pub fn parse(text: &str) -> Option<Record> {
        let (head, answers) = text.split_once("answers:\n")?;
        let mut record = Record { answers: answers.lines().collect(), ..Record::default() };
        for line in head.lines() {
            let (key, value) = line.split_once(": ")?;
            match key {
                "judge" => value.clone_into(&mut record.judge),
                "digest" => value.clone_into(&mut record.digest),
                "pairs" => {}
                "counts" => record.counts = Counts::parse(value)?,
                "difference" => {
                    let (judgement, line) = value.split_once('\t')?;
                    record.differences.insert(line.to_owned(), judgement.to_owned());
                }
                _ => return None,
            }
        }
        Some(record)
    }
}

impl Counts {
    fn parse(text: &str) -> Option<Counts> {
        let mut numbers = text.split(", ").map(|part| part.split(' ').next()?.parse::<usize>().ok());
        let mut next = || numbers.next().flatten();
        Some(Counts { agreed: next()?, differed: next()?, undecided: next()?, lenient: next()?, neither: next()? })
    }
}

/// The lines that an implementation is asked.
pub fn lines(pairs: &[(String, String)]) -> String {
    pairs.iter().fold(String::new(), |mut text, (left, right)| {
        let _ = writeln!(text, "{left}\t{right}");
        text
    })
}

/// SHA-256 of the pairs.
pub fn digest(pairs: &[(String, String)]) -> String {
    Sha256::digest(lines(pairs)).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
