//! The walk over all layers of an image: base first, then once more over those that links still want something of.

use std::collections::BTreeMap;

use model::{Cancel, Layer, LayerIndex, Problem, ProblemKind, TreePath};

use super::Image;
use super::exact::ExactPaths;
use super::held::{Content, Held};
use super::ledger::Ledger;
use super::links::{Links, Want};
use super::media_type::ROOT_TAR;
use super::special::Specials;
use super::walk::LayerWalk;
use crate::exclude::Exclusions;
use crate::limits::limit_problem;
use crate::record::{Offer, Record};
use crate::stream::{Blob, Bounds, Checks, Chunks, Outcome, StreamFault, stream};
use crate::tar::{Fault, Reader};
use crate::tree::Tree;
use crate::{Interest, Limits, Sink, View, Walk};

/// Streams all layers past the sink.
pub(crate) fn walk(image: &Image, limits: &Limits, exclusions: &Exclusions, sink: &dyn Sink, cancel: &Cancel) -> Walk {
    let mut walk = LayerWalk {
        record: Record::new(sink, cancel, limits, exclusions, &image.problems),
        tree: Tree::new(limits.image_entries, limits.link_hops),
        exact: ExactPaths::new(sink.exact_paths()),
        held: Held::default(),
        links: Links::default(),
        ledger: Ledger::default(),
        specials: Specials::default(),
        full: false,
    };
    let mut content_bytes = 0;
    for (layer, stored) in image.layers.iter().zip(&image.stored) {
        if walk.full || walk.record.is_cancelled() {
            break;
        }
        match stored {
            Ok(blob) => content_bytes += walk.layer(layer, blob, content_bytes),
            Err(problem) => walk.record.problem(problem.clone()),
        }
    }
    let links = std::mem::take(&mut walk.links);
    for (layer, wants) in links.second_pass(&walk.tree, &walk.held, &walk.exact, &mut walk.record) {
        walk.again(LayerIndex(layer), image.stored.get(layer as usize), wants);
    }
    walk.loops();
    let LayerWalk { record, tree, held, ledger, specials, .. } = walk;
    let efficiency = ledger.close(&tree);
    let (specials, more_specials) = specials.close(&tree);
    Walk { efficiency: Some(efficiency), specials, more_specials, ..record.finish(View::of(tree, held.through)) }
}

impl LayerWalk<'_> {
    /// Reads one layer and holds it against its digests. Gives the bytes of its content.
    fn layer(&mut self, layer: &Layer, blob: &Blob, before: u64) -> u64 {
        let limits = self.record.limits;
        let checks = Checks { stored: layer.digest, content: layer.diff_id, bounds: bounds(limits, before) };
        let cancel = self.record.cancel;
        let (fault, outcome) = stream(blob, &checks, cancel, |chunks| self.read_layer(layer.index, chunks));
        self.held.flush(&self.tree, &mut self.record);
        self.explain(layer, fault, &outcome);
        outcome.content_bytes
    }

    fn read_layer(&mut self, layer: LayerIndex, chunks: &mut Chunks) -> Option<Fault> {
        let mut reader = Reader::new(chunks, self.record.limits.tar_header_bytes);
        let fault = self.read(layer, &mut reader).err();
        // The tar is damaged, the stream is not: read on, for the digests say who damaged it.
        if matches!(&fault, Some(fault) if !matches!(fault, Fault::Source(_))) {
            let _ = reader.drain();
        }
        fault
    }

    fn explain(&mut self, layer: &Layer, fault: Option<Fault>, outcome: &Outcome) {
        let verified = layer.diff_id.is_some() && layer.diff_id == outcome.content;
        let mut problems = Vec::new();
        match (&outcome.fault, fault) {
            (Some(StreamFault::Cancelled), _) => {
                // Says so, once.
                self.record.is_cancelled();
            }
            (Some(fault), _) => {
                let what = format!("the layer was not read to its end: {fault}; what came before is kept");
                problems.push(Problem::error(fault.kind(), what));
            }
            (None, Some(fault)) => {
                let what = format!("the layer was not read to its end: {fault}; what came before is kept");
                problems.push(Problem::error(fault.kind(), what));
            }
            (None, None) => {}
        }
        if let (Some(claimed), Some(found)) = (layer.digest, outcome.stored)
            && claimed != found
        {
            let what = format!("the blob of the layer has the digest {found} where the manifest says {claimed}");
            problems.push(Problem::error(ProblemKind::DigestMismatch, what));
        }
        if let (Some(claimed), Some(found)) = (layer.diff_id, outcome.content)
            && claimed != found
        {
            let what = format!("the layer has the diff id {found} where the configuration says {claimed}");
            problems.push(Problem::error(ProblemKind::DigestMismatch, what));
        }
        if outcome.trailing > 0 {
            let what = format!("{} bytes after the layer's gzip stream were passed over", outcome.trailing);
            let problem = if verified { Problem::warning } else { Problem::error };
            problems.push(problem(ProblemKind::Compression, what));
        }
        if layer.diff_id.is_none() && layer.digest.is_none() && layer.media_type != ROOT_TAR {
            let what = "nothing says which digest the layer must have; it was read unverified";
            problems.push(Problem::warning(ProblemKind::Manifest, what));
        }
        problems.into_iter().for_each(|problem| self.record.problem(problem.in_layer(Some(layer.index))));
    }

    /// A second pass over a layer, for contents that links lead to.
    fn again(
        &mut self,
        layer: LayerIndex,
        stored: Option<&Result<Blob, Problem>>,
        mut wants: BTreeMap<u32, Vec<Want>>,
    ) {
        let Some(Ok(blob)) = stored else { return };
        let limits = self.record.limits;
        // Digests were checked the first time.
        let checks = Checks { stored: None, content: None, bounds: bounds(limits, 0) };
        let cancel = self.record.cancel;
        stream(blob, &checks, cancel, |chunks| {
            let mut reader = Reader::new(chunks, limits.tar_header_bytes);
            for number in 0_u32.. {
                if wants.is_empty() || self.record.is_cancelled() || !matches!(reader.next(), Ok(Some(_))) {
                    break;
                }
                let Some(wants) = wants.remove(&number) else { continue };
                if self.serve(wants, &mut reader).is_err() {
                    break;
                }
            }
        });
        self.held.flush(&self.tree, &mut self.record);
        for want in wants.into_values().flatten() {
            let what = "the content that a link leads to could not be read a second time";
            self.record
                .problem(Problem::error(ProblemKind::Io, what).in_file(&want.file.origin.path).in_layer(Some(layer)));
        }
    }

    fn serve(&mut self, wants: Vec<Want>, reader: &mut Reader<&mut Chunks>) -> std::io::Result<()> {
        let shared = match wants.as_slice() {
            [_] => None,
            several => Some(read_for(several, self.record.limits.file_bytes, reader)?),
        };
        for Want { file, interest, node, id, through, .. } in wants {
            let offer = match &shared {
                Some(bytes) => self.record.take(&file, interest, &mut bytes.as_slice())?,
                None => self.record.take(&file, interest, &mut reader.body())?,
            };
            if let Offer::Content(bytes) = offer {
                self.held.push(Content { file, bytes, node, id, through }, &self.tree, &mut self.record);
            }
        }
        Ok(())
    }

    /// Exact paths that run in circles: nobody can say what they hold.
    fn loops(&mut self) {
        let limit = self.record.limits.link_hops as u64;
        for path in self.exact.resolve(&self.tree).1 {
            let problem = limit_problem("link_hops", limit, "its links lead in circles; nothing can be read there");
            match TreePath::rooted(path) {
                Ok(path) => self.record.problem(problem.in_file(&path)),
                Err(_) => self.record.problem(problem),
            }
        }
    }
}

/// One content for several names: as much of it as the largest of them takes.
fn read_for(wants: &[Want], file_bytes: u64, reader: &mut Reader<&mut Chunks>) -> std::io::Result<Vec<u8>> {
    let limits = wants.iter().map(|want| match want.interest {
        Interest::Whole { limit } => limit,
        Interest::Head(_) | Interest::Skip => file_bytes,
    });
    let most = limits.max().unwrap_or(0).min(file_bytes);
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut std::io::Read::take(reader.body(), most), &mut bytes)?;
    Ok(bytes)
}

/// How much content a layer may have, after so many bytes of others.
fn bounds(limits: &Limits, before: u64) -> Bounds {
    let left = limits.image_bytes.saturating_sub(before);
    if left < limits.layer_bytes {
        Bounds { most: left, ..Bounds::new(limits, "image_bytes", limits.image_bytes) }
    } else {
        Bounds::new(limits, "layer_bytes", limits.layer_bytes)
    }
}
