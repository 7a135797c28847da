//! How a container of the image runs, as rules see it.

use artifact::RunConfig;

use super::instruction::variable;
use super::shape::Config;

pub(super) fn of(run: &RunConfig) -> Config {
    Config {
        user: run.user.clone(),
        env: run.env.iter().map(|text| variable(text)).collect(),
        entrypoint: run.entrypoint.clone(),
        cmd: run.cmd.clone(),
        // Docker writes an empty command where the check is inherited, and then there is none to inherit.
        healthcheck: run.healthcheck.as_ref().map(|check| check.test.clone()).filter(|test| !test.is_empty()),
        exposed_ports: run.exposed_ports.clone(),
        volumes: run.volumes.clone(),
        labels: run.labels.clone(),
        working_dir: run.working_dir.clone(),
        stop_signal: run.stop_signal.clone(),
    }
}
