//! Constraints asked about requests of a cluster, one after another: what else is in the cluster is given once.

use std::collections::BTreeMap;

use model::{Cancel, Document, Node, Problem, Rule};

use super::Gatekeeper;
use super::inventory::Inventory;
use super::judge::unknown;
use super::matching::Match;
use super::objects::{self, metadata};
use super::review;
use crate::{Evaluation, PolicySet};

/// Constraints, ready to judge requests. Built once, shared.
pub struct Reviewer {
    gatekeeper: Gatekeeper,
    /// The rules of templates that ask for other objects.
    sets: Vec<(String, PolicySet)>,
    namespaces: BTreeMap<String, Node>,
}

impl Reviewer {
    /// Takes constraints, and the objects that stand for the cluster: `data.inventory`, and namespaces with their labels.
    pub fn new(gatekeeper: Gatekeeper, cluster: &[Document]) -> Result<Reviewer, Problem> {
        let documents: Vec<&Document> = cluster.iter().collect();
        let sets = gatekeeper.with_inventory(&Inventory::of(&documents))?;
        let plain = gatekeeper.templates.iter().map(|template| &template.set);
        plain.chain(sets.iter().map(|(_, set)| set)).for_each(PolicySet::make_ready);
        let roots = documents.iter().map(|document| &document.root).filter(|root| objects::is_namespace(root));
        let namespaces = roots.map(|root| (metadata(root, "name").to_owned(), root.clone())).collect();
        Ok(Reviewer { gatekeeper, sets, namespaces })
    }

    /// One rule for each constraint.
    pub fn rules(&self) -> &[Rule] {
        self.gatekeeper.rules()
    }

    /// Judges a request. `request` is the `request` of an AdmissionReview; `object` is what is judged and what rules see as
    /// `input.review.object`: for a deletion the old object. A constraint speaks of a request if it speaks of its object or of its
    /// old object; where that depends on a namespace that is not known, it is a problem of severity error.
    pub fn review(&self, request: &Node, object: &Document, cancel: &Cancel) -> Evaluation {
        let mut all = Evaluation::default();
        let pieces = ["object", "oldObject"].into_iter().filter_map(|name| request.get(name));
        let pieces: Vec<&Node> = pieces.filter(|node| node.is_object()).collect();
        for constraint in &self.gatekeeper.constraints {
            let answers = pieces.iter().map(|piece| {
                let own = metadata(piece, "namespace");
                constraint.matcher.matches(piece, self.namespaces.get(own))
            });
            let answers: Vec<Match> = answers.collect();
            if answers.contains(&Match::Yes) {
                let frame = review::frame_of_request(request, &constraint.parameters);
                all.take(self.gatekeeper.ask(constraint, &self.sets, object, &frame, cancel));
            } else if let Some(Match::Unknown(namespace)) = answers.iter().find(|answer| **answer != Match::No) {
                all.take(unknown(constraint, object, namespace));
            }
        }
        all
    }
}

const _: () = {
    const fn is_shared<T: Send + Sync>() {}
    is_shared::<Reviewer>();
};
