using Hub.Silo.Catalogue;
using Hub.Silo.Hosting;
using Hub.Silo.Ledger;
using Microsoft.Extensions.Options;

try
{
    var builder = WebApplication.CreateBuilder(args);
    if (args is ["ledger", ..])
    {
        return await LedgerCommand.RunAsync(args, HubHosting.ReadLedgerOptions(builder.Configuration), Console.Out, CancellationToken.None);
    }

    builder.AddHub();
    await using var app = builder.Build();
    app.MapHub();
    await app.RunAsync();
    return 0;
}
catch (Exception e) when (e is OptionsValidationException or CatalogueInvalidException)
{
    // The operator's mistake, not the program's: what is wrong and where, without a stack trace.
    await Console.Error.WriteLineAsync(e is OptionsValidationException options ? string.Join('\n', options.Failures.Prepend("The configuration has mistakes:")) : e.Message);
    return 1;
}
