//! A definition without its sentences: what a program needs that only scores.

use super::definition::Assessment;

impl Assessment {
    /// The same questions, rules, flags and outcomes, every sentence empty.
    #[must_use]
    pub fn without_words(mut self) -> Self {
        let mut clear: Vec<&mut String> = vec![&mut self.disclaimer];
        for question in &mut self.questions {
            (question.hint, question.unit) = (None, None);
            clear.extend([&mut question.text, &mut question.short]);
            for option in &mut question.options {
                option.hint = None;
                clear.push(&mut option.text);
            }
        }
        clear.extend(self.limits.iter_mut().map(|limit| &mut limit.error));
        clear.extend(self.criteria.iter_mut().map(|criterion| &mut criterion.name));
        clear.extend(self.grades.iter_mut().map(|grade| &mut grade.name));
        for flag in &mut self.flags {
            flag.source = None;
            clear.extend([&mut flag.title, &mut flag.text]);
            clear.extend(flag.also.iter_mut().map(|also| &mut also.text));
        }
        for outcome in &mut self.outcomes {
            outcome.text.clear();
            outcome.steps.clear();
            outcome.calls.clear();
            clear.push(&mut outcome.headline);
        }
        clear.extend([&mut self.support.title, &mut self.support.text]);
        clear.into_iter().for_each(String::clear);
        self.support.calls.clear();
        self
    }
}
