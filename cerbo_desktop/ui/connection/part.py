"""The strip of the connection's troubles."""

from cerbo_desktop.ui.connection.presenter import ConnectionPresenter
from cerbo_desktop.ui.connection.view import ConnectionStrip
from cerbo_desktop.ui.part import Context


class ConnectionPart:
    """Says why Cerbo can't be reached, and when it is tried again."""

    def __init__(self, context: Context) -> None:
        services = context.services
        self.strip = ConnectionStrip()
        self.widgets = (self.strip,)
        self._presenter = ConnectionPresenter(
            self.strip,
            services.connection,
            services.uploading.feed,
            services.clock,
            context.scope,
            context.navigator,
        )
        self.strip.try_wanted.connect(services.server.forget_refusals)
        context.window.add_strip(self.strip)

    def start(self) -> None:
        """The strip follows the connection from the first."""

    async def aclose(self) -> None:
        """Follow the connection no more."""
        await self._presenter.aclose()
