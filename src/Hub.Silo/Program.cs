using Hub.Silo.Hosting;
using Hub.Silo.Ledger;

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
