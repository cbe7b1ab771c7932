//! `why`: a number of the update on the screen taken apart, or an expression with the numbers in it.

use crate::command::{Phrase, Refusal, Subject, advise, refused};
use crate::explain::{Line, Quantity, Role, Share, ShareOrigin, Text, capital, unrolled, why};
use crate::math::expression::Expression;
use crate::math::stability::is_known;
use crate::math::{Convention, Rough, Rule};
use crate::session::{Done, Outcome, Session};
use crate::timeline::Record;
use crate::watch::What;

impl Session {
    pub(in crate::session) fn why(&self, asked: &Subject) -> Done {
        match asked {
            Subject::Last => self.why_quantity(None),
            Subject::Quantity(quantity) => self.why_quantity(Some(*quantity)),
            Subject::Phrase(phrase) => Ok(self.why_phrase(phrase)),
        }
    }

    /// An expression with its value, and the values of the names in it.
    fn why_phrase(&self, phrase: &Phrase) -> Outcome {
        let mut lines = vec![self.watch_line(phrase)];
        let mut told = Vec::new();
        let alone = matches!(phrase.expression, Expression::Name(_));
        for variable in phrase.expression.names().into_iter().filter(|_| !alone) {
            let name = variable.written(self.lesson.model.parameters());
            if !told.contains(&name) {
                let part = Phrase {
                    text: name.clone(),
                    expression: Expression::Name(*variable),
                };
                lines.push(Line::plain("  ").joined(self.watch_line(&part)));
                told.push(name);
            }
        }
        Outcome::shows(self.why_title(&phrase.text), lines)
    }

    fn why_quantity(&self, quantity: Option<Quantity>) -> Done {
        let derivation = self.derivation();
        let shown = self.position().lines.max(1);
        let quantity = quantity.unwrap_or(derivation.lines[shown - 1].quantity);
        let words = quantity.words(derivation.rule);
        if derivation.known_after(quantity) > self.position().lines {
            let message = format!("the {words} has not been shown yet");
            return refused(message, "→ or `next` shows the next line");
        }
        let update_before = self.position().update.checked_sub(1);
        let before = update_before.and_then(|update| self.derivation_of(update));
        let Some(mut text) = why(&derivation, before.as_ref(), quantity, self.digits()) else {
            let has = Quantity::ALL
                .into_iter()
                .filter(|quantity| derivation.line(*quantity).is_some());
            let names: Vec<String> = has.map(|q| q.name().into_owned()).collect();
            return refused(
                format!("this update has no {words}"),
                advise("", names.iter().map(String::as_str)),
            );
        };
        let unrolls = matches!(
            quantity,
            Quantity::MomentumTerm | Quantity::Memory | Quantity::Change
        );
        let unrolls = unrolls
            && self.lesson.model.is_trained(self.focus())
            && derivation.rule.remembers()
            && is_known(derivation.rule);
        let total = derivation.text(quantity, self.digits());
        if let Some(total) = total.filter(|_| unrolls) {
            let unrolled = self.unrolled_text(quantity, total, &self.record())?;
            text.lines.extend(unrolled.lines);
        }
        Ok(Outcome::shows(self.why_title(&capital(&words)), text))
    }

    fn why_title(&self, what: &str) -> String {
        format!("Why? {what}, update {}", self.position().update + 1)
    }

    /// A quantity of the update on the screen, taken apart into what this and earlier updates have found.
    fn unrolled_text(
        &self,
        quantity: Quantity,
        total: String,
        record: &Record,
    ) -> Result<Text, Refusal> {
        /// Parts that are listed; what is older is summed up in words.
        const MOST: usize = 10;
        let (watch, here) = (self.watch(), self.position().update);
        let work = self.lesson.model.work();
        let _goal = watch.toward(0, Some(here.min(MOST as u64 + 1)), What::Updates);
        let earlier = (0..here)
            .rev()
            .take_while(|update| watch.goes_on(work, here - update))
            .map_while(|update| self.record_of(update).ok());
        let mut shares = unrolled(quantity, record, earlier, self.focus(), MOST + 1);
        self.unless_halted()?;
        let cut = shares.len() > MOST;
        shares.truncate(MOST);
        let words = quantity.words(record.settings.rule);
        let mut lines = vec![
            Line::new(),
            Line::plain(format!("The {words}, taken apart:")),
        ];
        lines.extend(shares.iter().map(|share| self.share_line(share)));
        let end = if cut { "  and older ones, = " } else { "  = " };
        lines.push(Line::plain(end).with(total, Role::Quantity(quantity)));
        if record.settings.rule == Rule::Article && !cut {
            lines.push(Line::plain(
                "Nothing older is in it: the article's rule remembers one delta.",
            ));
        }
        Ok(lines.into())
    }

    /// `  0.25 × 0.022   delta of update 2: 0.01 × 2.2`
    fn share_line(&self, share: &Share) -> Line {
        let quantity = share.quantity;
        let sign = if quantity == Quantity::Gradient {
            self.convention()
        } else {
            Convention::Add
        };
        let found = match share.origin {
            ShareOrigin::Update(update) => self
                .derivation_of(update)
                .or_else(|| Some((*self.derivation()).clone())),
            ShareOrigin::Start | ShareOrigin::Hand(_) => None,
        };
        let rough = found.as_ref().and_then(|found| found.rough(quantity));
        let is_noise = rough.is_some_and(Rough::is_noise);
        let source = if is_noise { 0.0 } else { share.source };
        let show = |value| self.shown(sign.flip(value));
        let product = format!("{} × {}", show(share.weight), show(source));
        let mut line = Line::plain("  ").with(format!("{product:<22}"), Role::Quantity(quantity));
        let words = quantity.words(Rule::Article);
        match share.origin {
            ShareOrigin::Start => line.push(" remembered before the first update", Role::Plain),
            ShareOrigin::Hand(update) => line.push(
                format!(" set by hand before update {}", update + 1),
                Role::Plain,
            ),
            ShareOrigin::Update(update) => {
                line.push(format!(" {words} of update {}", update + 1), Role::Plain);
                let delta = found.as_ref().and_then(|found| found.line(Quantity::Delta));
                if let Some(delta) = delta.filter(|_| quantity == Quantity::Delta) {
                    line.push(": ", Role::Plain);
                    line = line.joined(delta.numbers(self.digits()));
                }
            }
        }
        line
    }
}
