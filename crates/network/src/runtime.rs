//! A thread for the network: requests run there, and whoever wants their results waits.

use std::sync::mpsc;
use std::thread;

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

use crate::fault::Fault;

/// The thread; it ends with its owner.
#[derive(Debug)]
pub struct Runtime {
    handle: Handle,
    /// Dropped to end the thread.
    _alive: oneshot::Sender<()>,
}

impl Runtime {
    /// Starts it.
    pub fn start() -> Result<Runtime, Fault> {
        let fault = |error: std::io::Error| Fault::Refused(format!("the network cannot be used: {error}"));
        let runtime = Builder::new_current_thread().enable_io().enable_time().build().map_err(fault)?;
        let handle = runtime.handle().clone();
        let (alive, ended) = oneshot::channel::<()>();
        let work = move || {
            let _ = runtime.block_on(ended);
            // A look-up of a name cannot be stopped; nobody waits for it.
            runtime.shutdown_background();
        };
        thread::Builder::new().name("network".to_owned()).spawn(work).map_err(fault)?;
        Ok(Runtime { handle, _alive: alive })
    }

    /// Runs something there, without waiting.
    pub fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) {
        self.handle.spawn(future);
    }

    /// Runs something there, and waits for it.
    pub fn run<T: Send + 'static>(
        &self,
        future: impl Future<Output = Result<T, Fault>> + Send + 'static,
    ) -> Result<T, Fault> {
        let (done, result) = mpsc::sync_channel(1);
        self.spawn(async move {
            let _ = done.send(future.await);
        });
        let unanswered =
            || Fault::Refused("the request ended without an answer, which is a fault of this program".to_owned());
        result.recv().unwrap_or_else(|_| Err(unanswered()))
    }
}
