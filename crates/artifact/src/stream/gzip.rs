//! Gzip, all members: RFC 1952 framing around raw deflate. One inflater serves every member, for some writers make a
//! member of each file.

use flate2::{Crc, Decompress, FlushDecompress, Status};

use super::StreamFault;
use super::inflate::{Decode, Source};

/// A gzip stream.
pub(super) struct Gzip<S> {
    source: S,
    inflater: Decompress,
    crc: Crc,
    state: State,
    trailing: u64,
    /// What is wrong after the content that was given last.
    late: Option<StreamFault>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before the first member.
    Start,
    /// Inside a member.
    Member,
    /// After a member: another may follow.
    Between,
    /// After the last.
    End,
}

const FORMAT: &str = "gzip";

impl<S: Source> Gzip<S> {
    pub(super) fn new(source: S) -> Gzip<S> {
        Gzip { source, inflater: Decompress::new(false), crc: Crc::new(), state: State::Start, trailing: 0, late: None }
    }

    /// Reads the header of the next member, if there is one.
    fn open_member(&mut self) -> Result<(), StreamFault> {
        if self.state == State::Between && self.source.fill()?.is_empty() {
            self.state = State::End;
            return Ok(());
        }
        let magic = [self.byte()?, if self.source.fill()?.is_empty() { 0 } else { self.byte()? }];
        if magic != [0x1f, 0x8b] {
            if self.state == State::Start {
                return Err(self.corrupt("there is no gzip header"));
            }
            return self.pass_trailing(2);
        }
        self.header()?;
        self.inflater.reset(false);
        self.crc.reset();
        self.state = State::Member;
        Ok(())
    }

    /// What follows the magic: method, flags, time, and what the flags announce.
    fn header(&mut self) -> Result<(), StreamFault> {
        const EXTRA: u8 = 4;
        const NAME: u8 = 8;
        const COMMENT: u8 = 16;
        const CHECKSUM: u8 = 2;
        if self.byte()? != 8 {
            return Err(self.corrupt("a member is not compressed with deflate"));
        }
        let flags = self.byte()?;
        if flags & 0xe0 != 0 {
            return Err(self.corrupt("a member has unknown flags"));
        }
        self.pass(6)?;
        if flags & EXTRA != 0 {
            let length = u16::from_le_bytes([self.byte()?, self.byte()?]);
            self.pass(length)?;
        }
        for text in [NAME, COMMENT] {
            while flags & text != 0 && self.byte()? != 0 {}
        }
        if flags & CHECKSUM != 0 {
            self.pass(2)?;
        }
        Ok(())
    }

    fn trailer(&mut self) -> Result<(), StreamFault> {
        let crc = u32::from_le_bytes([self.byte()?, self.byte()?, self.byte()?, self.byte()?]);
        let size = u32::from_le_bytes([self.byte()?, self.byte()?, self.byte()?, self.byte()?]);
        if crc != self.crc.sum() {
            return Err(self.corrupt("the checksum of a member is wrong"));
        }
        if size != self.crc.amount() {
            return Err(self.corrupt("the length of a member is wrong"));
        }
        self.state = State::Between;
        Ok(())
    }

    /// Bytes after the last member are no part of the content; they are read, for they count in the digest.
    fn pass_trailing(&mut self, already: u64) -> Result<(), StreamFault> {
        self.trailing = already;
        loop {
            let length = self.source.fill()?.len();
            if length == 0 {
                self.state = State::End;
                return Ok(());
            }
            self.source.consume(length);
            self.trailing += length as u64;
        }
    }

    fn inflate(&mut self, buffer: &mut [u8]) -> Result<usize, StreamFault> {
        let input = self.source.fill()?;
        let at_end = input.is_empty();
        let (read, written) = (self.inflater.total_in(), self.inflater.total_out());
        let status = self.inflater.decompress(input, buffer, FlushDecompress::None);
        let read = usize::try_from(self.inflater.total_in() - read).expect("no longer than the input");
        let written = usize::try_from(self.inflater.total_out() - written).expect("no longer than the buffer");
        self.source.consume(read);
        self.crc.update(&buffer[..written]);
        match status {
            Err(_) => {
                let fault = self.corrupt("its deflate data are invalid");
                // What came out before the damage is good.
                if written == 0 {
                    return Err(fault);
                }
                self.late = Some(fault);
                Ok(written)
            }
            Ok(Status::StreamEnd) => {
                self.late = self.trailer().err();
                Ok(written)
            }
            Ok(_) if at_end && written == 0 => Err(self.truncated()),
            Ok(_) => Ok(written),
        }
    }

    fn byte(&mut self) -> Result<u8, StreamFault> {
        let Some(byte) = self.source.fill()?.first().copied() else { return Err(self.truncated()) };
        self.source.consume(1);
        Ok(byte)
    }

    fn pass(&mut self, count: u16) -> Result<(), StreamFault> {
        (0..count).try_for_each(|_| self.byte().map(|_| ()))
    }

    fn truncated(&self) -> StreamFault {
        StreamFault::Truncated { format: FORMAT, stored: self.source.passed() }
    }

    fn corrupt(&self, reason: &str) -> StreamFault {
        StreamFault::Corrupt { format: FORMAT, stored: self.source.passed(), reason: reason.to_owned() }
    }
}

impl<S: Source> Decode for Gzip<S> {
    fn decode(&mut self, buffer: &mut [u8]) -> Result<usize, StreamFault> {
        loop {
            if let Some(fault) = self.late.take() {
                return Err(fault);
            }
            match self.state {
                State::End => return Ok(0),
                State::Start | State::Between => self.open_member()?,
                State::Member => {
                    let written = self.inflate(buffer)?;
                    if written > 0 {
                        return Ok(written);
                    }
                }
            }
        }
    }

    fn stored(&self) -> u64 {
        self.source.passed()
    }

    fn trailing(&self) -> u64 {
        self.trailing
    }
}
