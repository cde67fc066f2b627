// A client of the Hub that shares no code with it: npm @grpc/grpc-js and the protos alone.
// usage: node client.js HOST:PORT REPOSITORY TOKEN < request.json   (request.json: {"service", "method", "message"})
// Prints one JSON object: {"answer"} or {"code", "message", "reason", "violations"}; bytes as base64.
const path = require('path');
const fs = require('fs');
const [address, root, token] = process.argv.slice(2);
const modules = path.join(root, 'node_modules');
const grpc = require(path.join(modules, '@grpc/grpc-js'));
const loader = require(path.join(modules, '@grpc/proto-loader'));

const options = { keepCase: true, longs: String, enums: String, bytes: String, defaults: true, oneofs: true,
  includeDirs: [path.join(root, 'protos'), path.join(root, 'third_party/googleapis')] };
const files = fs.readdirSync(path.join(root, 'protos/hub/v1')).filter(f => f.endsWith('.proto')).map(f => `hub/v1/${f}`);
const definition = loader.loadSync([...files, 'google/rpc/status.proto', 'google/rpc/error_details.proto'], options);
const hub = grpc.loadPackageDefinition(definition).hub.v1;

// google.rpc.Status and its details, read with the protos and nothing else.
const protobuf = require(path.join(modules, 'protobufjs'));
const types = new protobuf.Root();
types.resolvePath = (_, file) => file.startsWith('google/rpc') ? path.join(root, 'third_party/googleapis', file)
  : path.join(modules, 'protobufjs', file);
types.loadSync(['google/rpc/status.proto', 'google/rpc/error_details.proto']);
const decode = (name, bytes) => types.lookupType(name).toObject(types.lookupType(name).decode(bytes), { longs: String });

const { service, method, message } = JSON.parse(fs.readFileSync(0, 'utf8'));
const client = new hub[service](address, grpc.credentials.createInsecure());
const metadata = new grpc.Metadata();
if (token) metadata.set('authorization', `Bearer ${token}`);

client[method](message, metadata, { deadline: Date.now() + 20000 }, (error, answer) => {
  if (!error) {
    console.log(JSON.stringify({ answer }));
  } else {
    const result = { code: error.code, message: error.details };
    const [bytes] = error.metadata.get('grpc-status-details-bin');
    if (bytes) {
      for (const detail of decode('google.rpc.Status', bytes).details) {
        const name = detail.type_url.split('/').pop();
        const value = decode(name, detail.value);
        if (name === 'google.rpc.ErrorInfo') Object.assign(result, { reason: value.reason, domain: value.domain, info: value.metadata });
        if (name === 'google.rpc.BadRequest') result.violations = value.fieldViolations || value.field_violations;
      }
    }
    console.log(JSON.stringify(result));
  }
  client.close();
});
