using Hub.Silo.Ledger;

namespace Hub.Silo.Catalogue;

/// <summary>Where the catalogue's files lie, and who starts this silo: recorded with what its start changes.</summary>
internal sealed record CatalogueOptions(string Folder, string Operator);

/// <summary>
/// Takes the catalogue's files over at the start of a silo. Mistakes in them stop the start before anything listens; what they may
/// not do to what is in force is decided by the grain, once the cluster runs.
/// </summary>
internal sealed partial class CatalogueStart(CatalogueOptions options, IGrainFactory grains, ILedgerTail tail, ILogger<CatalogueStart> logger)
    : IHostedLifecycleService
{
    private IReadOnlyList<CatalogueFile> files = [];

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        files = await CatalogueFolder.ReadAsync(options.Folder, cancellationToken);
        var mistakes = CatalogueReader.Read(files).Mistakes;
        if (mistakes.Count > 0)
        {
            throw new CatalogueInvalidException([.. mistakes.Select(m => m.ToString())]);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var adopted = await grains.GetGrain<ICatalogueGrain>(0).AdoptAsync(new AdoptCommand([.. files], options.Operator));
        if (adopted.IsRefused)
        {
            throw new CatalogueInvalidException([.. adopted.Refusal!.Violations.Select(v => $"{v.Field}: {v.Rule}")]);
        }

        await tail.CaughtUpAsync(adopted.Value, cancellationToken);
        LogAdopted(logger, files.Count, options.Folder, adopted.Value);
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information, Message = "The catalogue is that of {Files} file(s) in {Folder}, as of position {Position}.")]
    private static partial void LogAdopted(ILogger logger, int files, string folder, long position);
}
