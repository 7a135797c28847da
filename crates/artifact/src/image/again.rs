//! The second pass over an image: contents that links lead to and that went by before anybody knew.

use std::collections::BTreeMap;
use std::io::{BufRead, Read};

use model::{Layer, Problem, ProblemKind};

use super::Image;
use super::entries::Copied;
use super::held::{Bytes, Content};
use super::links::{SecondPass, Want};
use super::stack::bounds;
use super::walk::LayerWalk;
use crate::Interest;
use crate::cache::{Chain, Part, Replay, Writer};
use crate::record::Offer;
use crate::stream::{Blob, Checks, stream};
use crate::tar::{Body, Plain, Reader};

/// The wants of one layer, by entry.
type Wants = BTreeMap<u32, Vec<Want>>;

impl LayerWalk<'_> {
    /// Delivers what is wanted: from the cache, else from the layers that hold it, and from no others.
    pub(super) fn second_pass(&mut self, image: &Image, pass: SecondPass, chain: &Chain) {
        if pass.is_empty() {
            return;
        }
        let key = chain.whole(Part::Again);
        if let Some(replay) = key.and_then(|key| self.caching.find_pass(&key, &pass)) {
            return self.again_from_cache(pass, replay);
        }
        let problems = self.record.problems_met();
        let mut writer = self.caching.begin(key);
        for (at, wants) in pass {
            if let (Some(layer), Some(Ok(blob))) = (image.layers.get(at as usize), image.stored.get(at as usize)) {
                self.again(layer, blob, wants, &mut writer);
            }
        }
        if self.record.problems_met() == problems {
            self.caching.keep(writer, 0);
        }
    }

    fn again_from_cache(&mut self, pass: SecondPass, mut replay: Replay<impl BufRead>) {
        for entries in pass.into_values() {
            for wants in entries.into_values() {
                let origin = wants.first().map(|want| want.file.origin.clone());
                let is_there = matches!(replay.next_place(), Ok(Some(_)));
                if let (false, Some(origin)) =
                    (is_there && self.serve(wants, &mut Plain(replay.body())).is_ok(), origin)
                {
                    let what =
                        "the content that a link leads to could not be taken from the cache; scan again without it";
                    let problem = Problem::error(ProblemKind::Io, what).in_file(&origin.path);
                    self.record.problem(problem.in_layer(origin.layer));
                }
            }
            self.held.flush(&self.tree, &mut self.record);
        }
    }

    /// Reads a layer once more.
    fn again(&mut self, layer: &Layer, blob: &Blob, mut wants: Wants, writer: &mut Option<Writer>) {
        let limits = self.record.limits;
        // Digests were checked the first time, if it was read then.
        let is_first = self.caching.stood_in_for(layer.index);
        let (stored, content) = if is_first { (layer.digest, layer.diff_id) } else { (None, None) };
        let checks = Checks { stored, content, bounds: bounds(limits, 0).into() };
        let (cancel, pool) = (self.record.cancel, self.pool.clone());
        let ((), outcome) = stream(blob, &checks, cancel, &pool, |chunks| {
            let mut reader = Reader::new(chunks, limits.tar_header_bytes);
            for number in 0_u32.. {
                if wants.is_empty() || self.record.is_cancelled() {
                    break;
                }
                let Ok(Some(entry)) = reader.next() else { break };
                let Some(wants) = wants.remove(&number) else { continue };
                if let Some(writer) = writer {
                    writer.place(layer.index.0, number, entry.size);
                }
                let mut body = Copied { body: reader.body(), writer: writer.as_mut(), asked: None };
                if self.serve(wants, &mut body).is_err() {
                    break;
                }
            }
            if is_first {
                let _ = reader.drain();
            }
        });
        self.held.flush(&self.tree, &mut self.record);
        for want in wants.into_values().flatten() {
            let what = "the content that a link leads to could not be read a second time";
            let problem = Problem::error(ProblemKind::Io, what).in_file(&want.file.origin.path);
            self.record.problem(problem.in_layer(Some(layer.index)));
        }
        if is_first {
            self.explain(layer, None, &outcome);
        }
    }

    fn serve(&mut self, wants: Vec<Want>, body: &mut dyn Body) -> std::io::Result<()> {
        let shared = match wants.as_slice() {
            [_] => None,
            several => Some(read_for(several, self.record.limits.file_bytes, body)?),
        };
        for Want { file, interest, node, id, through, .. } in wants {
            let offer = match &shared {
                Some(bytes) => self.record.take(&file, interest, &mut Plain(bytes.as_slice()))?,
                None => self.record.take(&file, interest, body)?,
            };
            if let Offer::Content(bytes) = offer {
                let bytes = Bytes::Read { bytes, by_head: false };
                self.held.push(Content { file, bytes, node, id, through }, &self.tree, &mut self.record);
            }
        }
        Ok(())
    }
}

/// One content for several names: as much of it as the largest of them takes.
fn read_for(wants: &[Want], file_bytes: u64, body: &mut dyn Body) -> std::io::Result<Vec<u8>> {
    let limits = wants.iter().map(|want| match want.interest {
        Interest::Whole { limit } => limit,
        Interest::Head(_) | Interest::Skip => file_bytes,
    });
    let most = limits.max().unwrap_or(0).min(file_bytes);
    let mut bytes = Vec::new();
    body.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}
