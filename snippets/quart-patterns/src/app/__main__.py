# src/app/__main__.py
import asyncio
import logging
import signal
import sys

from hypercorn.asyncio import serve
from hypercorn.config import Config

from app import create_app
from app.observability import configure_logging


async def main(config_file: str) -> None:
    app = create_app()
    configure_logging(app)
    config = Config.from_toml(config_file)
    config.errorlog = logging.getLogger("hypercorn.error")
    grace = config.graceful_timeout
    config.graceful_timeout += 2  # hypercorn's own end comes after ours, if that fails
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)

    async def stopped() -> None:
        await stop.wait()
        await app.extensions["lifecycle"].drain(app.config["DRAIN_SECONDS"], grace)

    await serve(app, config, shutdown_trigger=stopped)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
