//! The reader: recursive descent with a budget of depth, one fault at most.

use std::borrow::Cow;

use model::ProblemKind;

use super::Dialect;
use crate::tree::{Data, Fault, Member, Node, offset};

/// Lockfiles nest a package in a package; nobody nests a hundred.
const MAX_DEPTH: usize = 256;

/// Bytes of text for each member of the longest map, as lockfiles are written: the list of those that are open seldom grows, and
/// room that nobody writes to costs nothing.
const USUAL_MEMBER: usize = 128;

/// Of longer texts the list grows as it must.
const MOST_FORESEEN: usize = 1 << 20;

/// A member of the root whose own members are given away as they are read, instead of kept: each is gone before the next is there.
pub(super) struct Giving<'a, 'g> {
    pub(super) key: &'static str,
    /// `None` where a value of this key begins: what came before was of another, which this one replaces.
    pub(super) to: &'g mut dyn FnMut(Option<Member<'a>>),
}

pub(super) struct Reader<'a, 'g> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    depth: usize,
    dialect: Dialect,
    fault: Option<Fault>,
    /// Members and items of what is still open: what is closed gets just the room it takes.
    members: Vec<Member<'a>>,
    items: Vec<Node<'a>>,
    giving: Option<Giving<'a, 'g>>,
    /// What is read next is the value whose members are given away.
    gives: bool,
}

impl<'a, 'g> Reader<'a, 'g> {
    pub(super) fn new(text: &'a str, dialect: Dialect, giving: Option<Giving<'a, 'g>>) -> Reader<'a, 'g> {
        Reader {
            text,
            bytes: text.as_bytes(),
            at: 0,
            depth: 0,
            dialect,
            fault: None,
            members: Vec::with_capacity(text.len().min(MOST_FORESEEN) / USUAL_MEMBER),
            items: Vec::new(),
            giving,
            gives: false,
        }
    }

    pub(super) fn document(mut self) -> (Node<'a>, Option<Fault>) {
        const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
        if self.bytes.starts_with(BYTE_ORDER_MARK) {
            self.at = BYTE_ORDER_MARK.len();
        }
        let node = self.value().unwrap_or(Node::new(0..0, Data::Null));
        self.skip_blank();
        if self.fault.is_none() && self.at < self.bytes.len() {
            let _: Option<()> = self.fail("the JSON has ended");
        }
        (node, self.fault)
    }

    /// `None` only after a fault that left nothing to keep.
    fn value(&mut self) -> Option<Node<'a>> {
        self.skip_blank();
        let start = self.at;
        let gives = std::mem::take(&mut self.gives);
        let data = match self.peek() {
            Some(b'{') if gives => self.nested(Reader::given)?,
            Some(b'{') => self.nested(Reader::map)?,
            Some(b'[') => self.nested(Reader::list)?,
            Some(b'"') => Data::Text(self.string()?),
            Some(b't') => self.literal("true", Data::Bool(true))?,
            Some(b'f') => self.literal("false", Data::Bool(false))?,
            Some(b'n') => self.literal("null", Data::Null)?,
            Some(b'-' | b'0'..=b'9') => Data::Number(Cow::Borrowed(self.number())),
            _ => return self.fail("a value is expected here"),
        };
        Some(Node::new(start..self.at, data))
    }

    fn nested(&mut self, read: fn(&mut Reader<'a, 'g>) -> Data<'a>) -> Option<Data<'a>> {
        if self.depth == MAX_DEPTH {
            let message = format!("the JSON is nested deeper than {MAX_DEPTH} levels: from here on nothing is read");
            self.fault.get_or_insert(Fault { kind: ProblemKind::Limit, offset: self.at, message });
            return None;
        }
        self.depth += 1;
        self.at += 1;
        let data = read(self);
        self.depth -= 1;
        Some(data)
    }

    fn map(&mut self) -> Data<'a> {
        let first = self.members.len();
        self.each_member(|reader, member| reader.members.push(member));
        Data::Map(self.members.split_off(first))
    }

    /// A map that is left empty.
    fn given(&mut self) -> Data<'a> {
        self.give(None);
        self.each_member(|reader, member| reader.give(Some(member)));
        Data::Map(Vec::new())
    }

    fn give(&mut self, member: Option<Member<'a>>) {
        if let Some(giving) = &mut self.giving {
            (giving.to)(member);
        }
    }

    fn each_member(&mut self, each: impl Fn(&mut Reader<'a, 'g>, Member<'a>)) {
        let mut is_first = true;
        while self.goes_on(b'}', std::mem::take(&mut is_first)) {
            let start = offset(self.at);
            if self.peek() != Some(b'"') {
                let _: Option<()> = self.fail("a key in double quotes is expected here");
                break;
            }
            let Some(key) = self.string() else { break };
            self.skip_blank();
            if self.peek() != Some(b':') {
                let _: Option<()> = self.fail("a `:` is expected after a key");
                break;
            }
            self.at += 1;
            self.gives = self.depth == 1 && self.giving.as_ref().is_some_and(|giving| giving.key == key);
            if let Some(value) = self.value() {
                each(self, Member { key, start, value });
            }
            if self.fault.is_some() {
                break;
            }
        }
    }

    fn list(&mut self) -> Data<'a> {
        let first = self.items.len();
        while self.goes_on(b']', self.items.len() == first) {
            if let Some(value) = self.value() {
                self.items.push(value);
            }
            if self.fault.is_some() {
                break;
            }
        }
        Data::List(self.items.split_off(first))
    }

    /// True when another item follows; eats the comma before it, or the closing bracket.
    fn goes_on(&mut self, close: u8, first: bool) -> bool {
        self.skip_blank();
        match self.peek() {
            Some(byte) if byte == close => {
                self.at += 1;
                false
            }
            Some(b',') if !first => {
                self.at += 1;
                self.skip_blank();
                if self.dialect == Dialect::Relaxed && self.peek() == Some(close) {
                    self.at += 1;
                    return false;
                }
                true
            }
            Some(_) if first => true,
            _ => self.fail::<()>(&format!("`,` or `{}` is expected here", close as char)).is_some(),
        }
    }

    fn string(&mut self) -> Option<Cow<'a, str>> {
        let open = self.at;
        self.at += 1;
        let start = self.at;
        let mut decoded: Option<String> = None;
        let mut copied = start;
        loop {
            self.at += plain_length(&self.bytes[self.at..]);
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    let text = decoded.get_or_insert_default();
                    text.push_str(&self.text[copied..self.at]);
                    let character = self.escape()?;
                    decoded.get_or_insert_default().push(character);
                    copied = self.at;
                }
                _ => {
                    self.at = if self.peek().is_none() { self.bytes.len() } else { open };
                    return self.fail("a text is not closed on its line");
                }
            }
        }
        let rest = &self.text[copied..self.at];
        self.at += 1;
        Some(match decoded {
            None => Cow::Borrowed(rest),
            Some(text) => Cow::Owned(text + rest),
        })
    }

    fn escape(&mut self) -> Option<char> {
        let character = match self.bytes.get(self.at + 1) {
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(byte @ (b'"' | b'\\' | b'/')) => *byte as char,
            Some(b'u') => {
                let high = self.hex(self.at + 2)?;
                self.at += 6;
                return Some(self.pair(high));
            }
            _ => return self.fail("this is no escape of JSON"),
        };
        self.at += 2;
        Some(character)
    }

    /// Two escapes may make one character; half of a pair is none.
    fn pair(&mut self, high: u32) -> char {
        let is_high = (0xD800..0xDC00).contains(&high);
        if is_high && self.bytes[self.at..].starts_with(b"\\u") {
            let low = self.bytes.get(self.at + 2..self.at + 6).and_then(four_digits);
            if let Some(low) = low.filter(|low| (0xDC00..0xE000).contains(low)) {
                self.at += 6;
                let code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
                return char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
            }
        }
        char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    fn hex(&mut self, at: usize) -> Option<u32> {
        match self.bytes.get(at..at + 4).and_then(four_digits) {
            Some(code) => Some(code),
            None => self.fail("this is no escape of JSON"),
        }
    }

    fn number(&mut self) -> &'a str {
        let start = self.at;
        while matches!(self.peek(), Some(b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9')) {
            self.at += 1;
        }
        &self.text[start..self.at]
    }

    fn literal(&mut self, word: &str, data: Data<'a>) -> Option<Data<'a>> {
        if self.bytes[self.at..].starts_with(word.as_bytes()) {
            self.at += word.len();
            return Some(data);
        }
        self.fail("a value is expected here")
    }

    fn skip_blank(&mut self) {
        loop {
            match self.peek() {
                // A line break, and what indents the next line.
                Some(b'\n') => self.at += 1 + spaces(&self.bytes[self.at + 1..]),
                Some(b' ' | b'\r' | b'\t') => self.at += 1,
                Some(b'/') if self.dialect == Dialect::Relaxed => {
                    let rest = &self.bytes[self.at..];
                    let end: &[u8] = if rest.starts_with(b"//") {
                        b"\n"
                    } else if rest.starts_with(b"/*") {
                        b"*/"
                    } else {
                        return;
                    };
                    let length = rest.windows(end.len()).skip(2).position(|window| window == end);
                    self.at = length.map_or(self.bytes.len(), |length| self.at + 2 + length + end.len());
                }
                _ => return,
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn fail<T>(&mut self, message: &str) -> Option<T> {
        let fault = if self.at >= self.bytes.len() {
            let message = "the JSON ends in the middle: what follows is missing".to_owned();
            Fault { kind: ProblemKind::Truncated, offset: self.bytes.len(), message }
        } else {
            let message = format!("{message}: from here on nothing is read");
            Fault { kind: ProblemKind::Syntax, offset: self.at, message }
        };
        self.fault.get_or_insert(fault);
        None
    }
}

/// How many spaces come first: eight bytes are looked at together, for most of them indent a line.
fn spaces(rest: &[u8]) -> usize {
    const SPACES: u64 = u64::MAX / 255 * b' ' as u64;
    let mut left = rest;
    while let Some((word, after)) = left.split_first_chunk::<8>() {
        let others = u64::from_le_bytes(*word) ^ SPACES;
        if others != 0 {
            return rest.len() - left.len() + others.trailing_zeros() as usize / 8;
        }
        left = after;
    }
    rest.len() - left.len() + left.iter().take_while(|byte| **byte == b' ').count()
}

/// How far a text goes on without a quote, an escape or a control character. Most of a file is the inside of texts: eight
/// bytes are looked at together, in which the lowest of these marks is exact.
pub(super) fn plain_length(rest: &[u8]) -> usize {
    const ONES: u64 = u64::MAX / 255;
    const HIGHS: u64 = ONES << 7;
    let zeros = |word: u64| word.wrapping_sub(ONES) & !word & HIGHS;
    let ends = |word: u64| {
        let is_control = word.wrapping_sub(ONES * 0x20) & !word & HIGHS;
        is_control | zeros(word ^ (ONES * u64::from(b'"'))) | zeros(word ^ (ONES * u64::from(b'\\')))
    };
    let (words, tail) = rest.as_chunks::<8>();
    for (at, word) in words.iter().enumerate() {
        let found = ends(u64::from_le_bytes(*word));
        if found != 0 {
            return at * 8 + found.trailing_zeros() as usize / 8;
        }
    }
    let is_end = |byte: &u8| matches!(byte, b'"' | b'\\' | ..0x20);
    words.len() * 8 + tail.iter().position(is_end).unwrap_or(tail.len())
}

fn four_digits(digits: &[u8]) -> Option<u32> {
    let text = std::str::from_utf8(digits).ok().filter(|text| !text.starts_with('+'))?;
    u32::from_str_radix(text, 16).ok()
}
