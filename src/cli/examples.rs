//! What the help of each subcommand ends with: examples, and what there is to know besides.

pub(super) const AFTER_HELP: &str = "\
Examples:
  nnmom-tutor momentum                     open the built-in lesson on momentum
  nnmom-tutor lessons/momentum.yaml        open a lesson file
  nnmom-tutor momentum -c 'step; why'      run commands without a screen
  nnmom-tutor trace momentum --format csv  print its updates
  nnmom-tutor try 'x^2+10*y^2'             train on a formula of your own; or on data.csv
  nnmom-tutor practice --count 5           solve five fresh problems
  nnmom-tutor new my-lesson.yaml           write a lesson of your own

In the full screen, ? shows the keys and : takes a command. In line mode, help lists the commands.
With NNMOM_MOTION=off in the environment nothing moves by itself; set motion off, typed inside, is kept.
Exit status: 0 done; 1 a command, check or write failed; 2 wrong usage or a lesson that cannot be read; 130 stopped by Ctrl-C.";

pub(super) const COMPLETIONS_HELP: &str = "\
Where they go, for you alone; a new shell knows them:
  bash        nnmom-tutor completions bash > ~/.local/share/bash-completion/completions/nnmom-tutor
  zsh         nnmom-tutor completions zsh > FOLDER/_nnmom-tutor, a folder of your $fpath
  fish        nnmom-tutor completions fish > ~/.config/fish/completions/nnmom-tutor.fish
  powershell  nnmom-tutor completions powershell >> $PROFILE
  elvish      nnmom-tutor completions elvish >> ~/.config/elvish/rc.elv

A folder that is not there yet has to be made first.";

pub(super) const MAN_HELP: &str = "\
Examples:
  nnmom-tutor man | man -l -                                      read it
  nnmom-tutor man > ~/.local/share/man/man1/nnmom-tutor.1         put it where `man nnmom-tutor` finds it";

pub(super) const CHECK_HELP: &str = "\
Examples:
  nnmom-tutor check mine.yaml                    is it sound? If not: what is wrong, where, and what would work
  nnmom-tutor check my-course/                   every lesson in a folder, and the course
  nnmom-tutor check --watch mine.yaml            again each time you save it
  nnmom-tutor check --same mine.yaml meine.yaml  are they one lesson in two languages?

Exit status: 0 all is sound; 1 something is wrong.";

pub(super) const NEW_HELP: &str = "\
Examples:
  nnmom-tutor new mine.yaml            about one weight
  nnmom-tutor new --surface mine.yaml  about a formula
  nnmom-tutor new --network mine.yaml  about a network and its data

It passes check as it is: change it line by line, with nnmom-tutor mine.yaml open beside your editor.
To begin with a formula or data of your own: nnmom-tutor try, and there type lesson mine.yaml.";

pub(super) const PROGRESS_HELP: &str = "\
Examples:
  nnmom-tutor progress                                        lesson by lesson, and skill by skill
  nnmom-tutor progress reset ravine                           forget a lesson
  nnmom-tutor progress --format json --name Ada > ada.json    what you hand in to a teacher
  nnmom-tutor progress my-course/ --format json > ada.json    the same of another course";

pub(super) const HANDOUT_HELP: &str = "\
Examples:
  nnmom-tutor handout mine.yaml --output mine.html            for learners
  nnmom-tutor handout mine.yaml --output mine.html --answers  for you
  nnmom-tutor handout my-course/ --output course.md           every lesson of a course";

pub(super) const CLASS_HELP: &str = "\
Examples:
  nnmom-tutor class handed-in/                          a table
  nnmom-tutor class handed-in/ --format csv > class.csv for a spreadsheet

Learners write their files with `nnmom-tutor progress --format json --name Ada > ada.json`.";

pub(super) const TRY_HELP: &str = "\
Examples:
  nnmom-tutor try 'x^2+10*y^2'                          a formula, from a start that is chosen
  nnmom-tutor try 'x^2+10*y^2' --start x=-9,y=2         from one of your own
  nnmom-tutor try data.csv                              a network that learns the last column from the others
  nnmom-tutor try data.csv --target price --hidden 8    another column, with eight hidden nodes
  nnmom-tutor try --weight 3.56 --gradients 2.7,2.2     one weight, whose gradients are given

What is not said is chosen, and the page says what and why. Inside, `lesson mine.yaml` keeps it as a lesson file.";
