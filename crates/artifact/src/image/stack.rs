//! The walk over all layers of an image: base first, then once more over those that links still want something of.

use std::thread;

use model::{Cancel, Layer, LayerIndex, Problem, ProblemKind, TreePath};

use super::Image;
use super::ahead::{Ahead, Told};
use super::caching::Caching;
use super::entries::Recording;
use super::exact::ExactPaths;
use super::held::Held;
use super::ledger::Ledger;
use super::links::Links;
use super::media_type::ROOT_TAR;
use super::special::Specials;
use super::walk::LayerWalk;
use crate::cache::{Chain, Key, Part, Writer};
use crate::exclude::Exclusions;
use crate::limits::limit_problem;
use crate::record::Record;
use crate::stream::{Blob, Bounds, Checks, Chunks, Outcome, Pool, StreamFault, stream};
use crate::tar::{Fault, Reader};
use crate::tree::Tree;
use crate::{Cache, Limits, Sink, View, Walk};

/// Streams all layers past the sink, at most `at_once` of them at the same time.
pub(crate) fn walk(
    image: &Image,
    limits: &Limits,
    exclusions: &Exclusions,
    cache: Option<&Cache>,
    at_once: usize,
    sink: &dyn Sink,
    cancel: &Cancel,
) -> Walk {
    let mut walk = LayerWalk {
        record: Record::new(sink, cancel, limits, exclusions, &image.problems),
        tree: Tree::new(limits.image_entries, limits.link_hops),
        exact: ExactPaths::new(sink.exact_paths()),
        held: Held::default(),
        links: Links::default(),
        ledger: Ledger::default(),
        specials: Specials::default(),
        full: false,
        caching: Caching::new(cache),
        pool: Pool::default(),
    };
    let fresh_chain = || if cache.is_some() { Chain::new(sink, limits, exclusions) } else { Chain::broken() };
    let at_once = if sink.foresees() { at_once } else { 1 };
    let keys = cache.filter(|_| at_once > 1).map(|cache| {
        let mut chain = fresh_chain();
        (cache, image.layers.iter().map(|layer| chain.next(layer)).collect())
    });
    let ahead = Ahead::new(image, &walk.record.taking, cancel, keys, &walk.pool, at_once);
    let mut chain = fresh_chain();
    thread::scope(|scope| {
        let _stopping = ahead.start(scope);
        walk.layers(image, &ahead, &mut chain);
    });
    let links = std::mem::take(&mut walk.links);
    let wants = links.second_pass(&walk.tree, &walk.held, &walk.exact, &mut walk.record);
    walk.second_pass(image, wants, &chain);
    walk.loops();
    // The same layers would tell the same again.
    let is_whole = chain.whole(Part::Derived).is_some() && walk.record.problems_met() == 0;
    let LayerWalk { record, tree, held, ledger, specials, caching, .. } = walk;
    let kept = caching.close();
    let (specials, more_specials) = specials.close(&tree);
    let view = View::of(tree, held.through);
    let efficiency = view.tree().map(|tree| ledger.close(tree, &sink.cache_folders(&view)));
    let walk = record.finish(view);
    Walk { efficiency, specials, more_specials, is_whole, kept, ..walk }
}

impl LayerWalk<'_> {
    /// All layers, base first.
    fn layers(&mut self, image: &Image, ahead: &Ahead<'_>, chain: &mut Chain) {
        let mut content_bytes = 0;
        for (at, (layer, stored)) in image.layers.iter().zip(&image.stored).enumerate() {
            if self.full || self.record.is_cancelled() {
                break;
            }
            match stored {
                Ok(blob) => {
                    let told = ahead.turn(at, blob);
                    let is_here = told.is_none();
                    content_bytes += self.layer(layer, blob, content_bytes, chain, told);
                    if is_here {
                        ahead.walked();
                    }
                }
                Err(problem) => {
                    chain.break_off();
                    self.record.problem(problem.clone());
                }
            }
        }
    }

    /// Takes one layer from the cache, else from who read it before its turn, else reads it, and holds it against its digests. Gives the
    /// bytes of its content.
    fn layer(&mut self, layer: &Layer, blob: &Blob, before: u64, chain: &mut Chain, told: Option<Told<'_>>) -> u64 {
        let key = chain.next(layer);
        if let Some(content_bytes) = key.and_then(|key| self.replay(layer, &key, chain)) {
            return content_bytes;
        }
        let problems = self.record.problems_met();
        let bounds = bounds(self.record.limits, before);
        let (fault, outcome, writer) = match told.filter(|told| told.narrow(bounds)) {
            Some(told) => self.listen(layer, told),
            None => self.read_now(layer, blob, bounds, key),
        };
        self.held.flush(&self.tree, &mut self.record);
        self.explain(layer, fault, &outcome);
        let is_verified =
            outcome.content == layer.diff_id && (layer.digest.is_none() || outcome.stored == layer.digest);
        if is_verified && self.record.problems_met() == problems {
            let writer = writer.filter(|_| key.is_some());
            self.caching.keep_layer(layer.index, key, writer, outcome.content_bytes);
        } else {
            chain.break_off();
        }
        outcome.content_bytes
    }

    fn read_now(
        &mut self,
        layer: &Layer,
        blob: &Blob,
        bounds: Bounds,
        key: Option<Key>,
    ) -> (Option<Fault>, Outcome, Option<Writer>) {
        let checks = Checks { stored: layer.digest, content: layer.diff_id, bounds: bounds.into() };
        let (cancel, pool) = (self.record.cancel, self.pool.clone());
        let mut writer = self.caching.begin(key);
        let read = |chunks: &mut Chunks<'_>| self.read_layer(layer.index, chunks, &mut writer);
        let (fault, outcome) = stream(blob, &checks, cancel, &pool, read);
        (fault, outcome, writer)
    }

    /// What somebody else reads, or has read, of the layer.
    fn listen(&mut self, layer: &Layer, mut told: Told<'_>) -> (Option<Fault>, Outcome, Option<Writer>) {
        self.caching.begin_layer();
        let fault = self.read(layer.index, &mut told).err();
        self.caching.spoil_if(told.has_read_again());
        if self.full || self.record.is_cancelled() {
            return (fault, Outcome::default(), None);
        }
        match told.ended() {
            Some(ended) => (fault, ended.outcome, ended.writer),
            None => (fault, Outcome::default(), None),
        }
    }

    /// The layer as the cache holds it, if it does.
    fn replay(&mut self, layer: &Layer, key: &Key, chain: &mut Chain) -> Option<u64> {
        let mut replay = self.caching.find_layer(layer.index, key, self.record.sink)?;
        let content_bytes = replay.content_bytes();
        if let Err(fault) = self.read(layer.index, &mut replay) {
            // It was whole a moment ago: somebody else changed it.
            let what = format!("the layer was taken from the cache, which failed: {fault}; scan again without it");
            self.record.problem(Problem::error(fault.kind(), what).in_layer(Some(layer.index)));
            chain.break_off();
        }
        self.held.flush(&self.tree, &mut self.record);
        self.caching.replayed(layer.index);
        Some(content_bytes)
    }

    fn read_layer(&mut self, layer: LayerIndex, chunks: &mut Chunks<'_>, writer: &mut Option<Writer>) -> Option<Fault> {
        let mut reader = Reader::summing(chunks, self.record.limits.tar_header_bytes);
        let fault = self.read(layer, &mut Recording::new(&mut reader, writer)).err();
        // The tar is damaged, the stream is not: read on, for the digests say who damaged it.
        if matches!(&fault, Some(fault) if !matches!(fault, Fault::Source(_))) {
            let _ = reader.drain();
        }
        fault
    }

    pub(super) fn explain(&mut self, layer: &Layer, fault: Option<Fault>, outcome: &Outcome) {
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

/// How much content a layer may have, after so many bytes of others.
pub(super) fn bounds(limits: &Limits, before: u64) -> Bounds {
    let left = limits.image_bytes.saturating_sub(before);
    if left < limits.layer_bytes {
        Bounds { most: left, ..Bounds::new(limits, "image_bytes", limits.image_bytes) }
    } else {
        Bounds::new(limits, "layer_bytes", limits.layer_bytes)
    }
}
